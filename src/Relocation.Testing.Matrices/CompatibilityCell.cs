namespace Relocation.Testing;

/// <summary>What came of one backup in one version's tables on one engine.</summary>
public sealed class CompatibilityCell
{
    internal CompatibilityCell()
    {
    }

    /// <summary>The backup, as the table calls it.</summary>
    public required string Backup { get; init; }

    /// <summary>The version's name.</summary>
    public required string Version { get; init; }

    /// <summary>The engine's name.</summary>
    public required string Engine { get; init; }

    /// <summary>How the two fit.</summary>
    public required Compatibility Result { get; init; }

    /// <summary>How many records were written; 0 when the backup was refused.</summary>
    public required long Written { get; init; }

    /// <summary>What differs, ordered by kind and subject; empty when the result is clean.</summary>
    public required IReadOnlyList<CompatibilityFinding> Findings { get; init; }

    /// <summary>The cell in one line.</summary>
    public override string ToString() => $"{Backup}, {Version}, {Engine}: {Result}";

    /// <summary>Whether both say the same of a backup and a version.</summary>
    internal bool Agrees(CompatibilityCell other) =>
        Result == other.Result && Written == other.Written && Findings.SequenceEqual(other.Findings);
}
