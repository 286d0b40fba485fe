namespace Relocation.Testing;

/// <summary>The half of a split deployment that an import pretends to run in.</summary>
public enum SentrySilo
{
    /// <summary>Both halves in one.</summary>
    Monolith,

    /// <summary>The half with users and what belongs to them. It does not import backups.</summary>
    Control,

    /// <summary>The half with organizations and what belongs to them.</summary>
    Region,
}
