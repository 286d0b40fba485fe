using Relocation.Testing.Matrices;

namespace Relocation.Testing;

/// <summary>Imports every backup into every version of the tables on every engine, and says what came of it.</summary>
public static class CompatibilityMatrix
{
    /// <summary>Fills the table.</summary>
    /// <remarks>
    /// Each version has one database on each engine, which is put back between backups. A backup that cannot be read, or does not fit,
    /// is a refused cell and no exception. Backups in files are called by their path without the folder that all of them are in.
    /// </remarks>
    /// <param name="backups">The backups, at least one; each can be read more than once.</param>
    /// <param name="versions">The versions, at least one, with distinct names.</param>
    /// <param name="options">Targets, and how backups are imported.</param>
    /// <param name="cancellationToken">Cancels the operation; databases that were made for it are removed.</param>
    /// <exception cref="ArgumentException">
    /// There is no backup, version or target; two of them have the same name; or a backup can be read only once.
    /// </exception>
    /// <exception cref="DatabaseUnavailableException">The machine has no database of a target's kind.</exception>
    /// <exception cref="RelocationModelException">A version's model does not fit together or cannot be imported into.</exception>
    public static async Task<CompatibilityTable> RunAsync(
        IReadOnlyList<Backup> backups,
        IReadOnlyList<SchemaVersion> versions,
        CompatibilityOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backups);
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(options);
        var names = BackupNames.Of([.. backups.Select(backup => backup.Name)]);
        var engines = options.Targets.Select(target => target.Engine.Name).ToList();
        MustBeDistinct(names, "backup", nameof(backups));
        MustBeDistinct([.. versions.Select(version => version.Name)], "version", nameof(versions));
        MustBeDistinct(engines, "engine", nameof(options));
        if (backups.FirstOrDefault(backup => !backup.CanBeReadAgain) is { } once)
        {
            throw CompatibilityErrors.BackupReadOnce(once.Name, nameof(backups));
        }

        var run = new MatrixRun(backups, names, options, versions.Count * engines.Count);
        await Parallel.ForEachAsync(
            versions.SelectMany(version => options.Targets.Select(target => (Version: version, Target: target))),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.MaxParallel), CancellationToken = cancellationToken },
            (column, cancel) => new ValueTask(run.FillAsync(column.Version, column.Target, cancel))).ConfigureAwait(false);
        return new CompatibilityTable(names, [.. versions.Select(version => version.Name)], engines, run.Cells);
    }

    private static void MustBeDistinct(IReadOnlyList<string> names, string what, string parameter)
    {
        if (names.Count == 0)
        {
            throw CompatibilityErrors.MatrixLacks(what, parameter);
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } doubled)
        {
            throw CompatibilityErrors.MatrixHasTwice(what, doubled.Key, parameter);
        }
    }
}
