namespace Relocation.Testing.Specification.Resetting;

/// <summary>What becomes of a few statements of a test.</summary>
public enum WorkEnd
{
    /// <summary>Each is a transaction of its own.</summary>
    Each,

    /// <summary>All are one transaction.</summary>
    Commit,

    /// <summary>Each is undone by a savepoint but the last.</summary>
    Savepoint,

    /// <summary>All are undone.</summary>
    RollBack,
}
