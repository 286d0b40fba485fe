namespace Relocation.Testing.Importing;

/// <summary>Why a database refused a row.</summary>
internal enum RefusalKind
{
    Unique,
    ForeignKey,
    NotNull,
    Check,
    Other,

    /// <summary>The database took the row without a word, and does not have it.</summary>
    Swallowed,
}
