namespace Relocation.Testing.Engines;

/// <summary>Why a database refused a row.</summary>
internal enum RefusalKind
{
    Unique,
    ForeignKey,
    NotNull,
    Check,

    /// <summary>A table in parts has none that the row belongs to.</summary>
    NoPartition,
    Other,

    /// <summary>The database took the row without a word, and does not have it.</summary>
    Swallowed,
}
