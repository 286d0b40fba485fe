using System.Data.Common;

namespace Relocation.Testing;

/// <summary>How a <see cref="RoundTrip"/> goes.</summary>
public sealed record RoundTripOptions
{
    /// <summary>What is exported, before and after. Default: the defaults of <see cref="ExportOptions"/>.</summary>
    public ExportOptions Export { get; init; } = new();

    /// <summary>
    /// Exports, before and after, on an open connection, in the place of an export by <see cref="Export"/>. Default: none.
    /// </summary>
    public Func<DbConnection, BackupDestination, CancellationToken, Task>? ExportBy { get; init; }

    /// <summary>
    /// Imports the first export, on an open connection, and gives the pk map. Default: <see cref="TestDatabase.ImportAsync"/>.
    /// </summary>
    public Func<DbConnection, Backup, CancellationToken, Task<PrimaryKeyMap>>? Import { get; init; }

    /// <summary>What looks at which fields. Default: <see cref="Comparators.Default"/> of the database's model.</summary>
    public ComparatorMap? Comparators { get; init; }

    /// <summary>
    /// Whether key counters start again when the database is cleared. New keys are then 1, 2, and so on; without, each is above those
    /// that there were. Default: yes.
    /// </summary>
    public bool RestartKeys { get; init; } = true;

    /// <summary>Models whose keys <see cref="Import"/> keeps though they are counted. Default: none.</summary>
    public IReadOnlyCollection<ModelLabel> KeptKeys { get; init; } = [];
}
