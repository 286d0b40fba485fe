namespace Relocation.Testing;

/// <summary>What an audit goes by.</summary>
public sealed record LeakAuditOptions
{
    private readonly int _shortestPart = 6;

    /// <summary>The models.</summary>
    public required RelocationModel Model { get; init; }

    /// <summary>The rules that the backup was sanitised by. Default: <see cref="SanitizeRules.Default"/> of the model.</summary>
    public SanitizeRules? Rules { get; init; }

    /// <summary>How many characters a value has at least, to be looked for within longer text; from 4 to 64. Default: 6.</summary>
    public int ShortestPart
    {
        get => _shortestPart;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 4);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Sanitizing.KnownValues.LongestPart);
            _shortestPart = value;
        }
    }

    /// <summary>How many findings are kept; all are counted. Default: 10,000.</summary>
    public int MaxFindings { get; init; } = 10_000;

    /// <summary>Bounds on what the backups may hold. Default: <see cref="BackupLimits.Default"/>.</summary>
    public BackupLimits Limits { get; init; } = BackupLimits.Default;
}
