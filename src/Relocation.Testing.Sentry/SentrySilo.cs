namespace Relocation.Testing;

/// <summary>The half of a split deployment that an import pretends to run in.</summary>
public enum SentrySilo
{
    /// <summary>Both halves in one.</summary>
    Monolith,

    /// <summary>The half that holds users and what belongs to them. It imports no backups.</summary>
    Control,

    /// <summary>The half that holds organizations and what belongs to them.</summary>
    Region,
}
