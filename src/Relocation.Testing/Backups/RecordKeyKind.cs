namespace Relocation.Testing;

/// <summary>What a primary key is made of.</summary>
public enum RecordKeyKind
{
    /// <summary>A whole number of up to 64 bits.</summary>
    Integer,

    /// <summary>A Guid.</summary>
    Guid,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Two or more keys together.</summary>
    Composite,
}
