namespace Relocation.Testing;

/// <summary>What a field holds, no matter which database stores it.</summary>
public enum FieldType
{
    /// <summary>A whole number of up to 64 bits.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>An exact decimal number.</summary>
    Decimal,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes; base64 text in a backup.</summary>
    Bytes,

    /// <summary>A Guid.</summary>
    Guid,

    /// <summary>A date and time of no particular zone.</summary>
    DateTime,

    /// <summary>A point in time; ISO 8601 in a backup, taken as UTC where it has no offset (docs/sentry-import.md, section 1.3).</summary>
    Instant,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A length of time.</summary>
    Duration,

    /// <summary>Any JSON value, stored as compact JSON text.</summary>
    Json,

    /// <summary>A list of values; a JSON array in a backup, an array or JSON text in the database.</summary>
    Array,
}
