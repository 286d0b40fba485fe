namespace Relocation.Testing.Importing;

/// <summary>Why a database refused a row.</summary>
internal enum RefusalKind
{
    Unique,
    ForeignKey,
    NotNull,
    Check,
    Other,
}
