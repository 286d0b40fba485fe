namespace Relocation.Testing;

/// <summary>Bounds on what a backup may hold, so that a hostile file cannot exhaust memory.</summary>
public sealed class BackupLimits
{
    /// <summary>The limits that hold when none are given.</summary>
    public static BackupLimits Default { get; } = new();

    /// <summary>How deep objects and arrays of a record may be nested; the record is the first level, its fields the second. Default: 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How many bytes one record may have. Default: 64 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many bytes one string may have, as it is written. Default: 64 MiB.</summary>
    public int MaxStringBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many members the objects within one record may have together, at any depth: its fields, and what objects in them hold. Default: 1,000,000.
    /// </summary>
    public int MaxFields { get; init; } = 1_000_000;
}
