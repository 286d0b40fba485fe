namespace Relocation.Testing.Importing.Encoders;

/// <summary>The types whose binary form is known, as groups of one form.</summary>
internal enum StoreKind
{
    Unknown,
    SmallInt,
    Integer,
    BigInt,
    Boolean,
    Single,
    Double,
    Numeric,
    Text,
    Bytes,
    Uuid,
    Timestamp,
    Date,
    Time,
    Interval,
    Json,
    Jsonb,
    Hstore,
    Inet,
    Cidr,
    Array,
}
