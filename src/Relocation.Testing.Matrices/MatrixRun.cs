using System.Collections.Concurrent;

namespace Relocation.Testing.Matrices;

/// <summary>The filling of one table. Columns may be filled at the same time.</summary>
internal sealed class MatrixRun(IReadOnlyList<Backup> backups, IReadOnlyList<string> names, CompatibilityOptions options, int columns)
{
    private readonly ConcurrentBag<CompatibilityCell> _cells = [];
    private readonly Lock _reporting = new();
    private int _done;

    internal IReadOnlyCollection<CompatibilityCell> Cells => _cells;

    internal async Task FillAsync(SchemaVersion version, DatabaseTarget target, CancellationToken cancellationToken)
    {
        var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = target,
                Model = version.CreateModel(target.Engine),
                Schema = version.CreateSchema(target.Engine),
                Import = options.Import,
                MaxDatabases = 1,
            },
            cancel));
        await using (baseline.ConfigureAwait(false))
        {
            await baseline.StartAsync(cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < backups.Count; i++)
            {
                var lease = await baseline.LeaseAsync(cancellationToken: cancellationToken, test: names[i]).ConfigureAwait(false);
                await using (lease.ConfigureAwait(false))
                {
                    Add(await ImportAsync(lease.Database, backups[i], names[i], version.Name, cancellationToken).ConfigureAwait(false));
                }
            }
        }
    }

    private static async Task<CompatibilityCell> ImportAsync(
        TestDatabase database, Backup backup, string name, string version, CancellationToken cancellationToken)
    {
        try
        {
            var result = await database.ImportAsync(backup, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (result.Findings.FirstOrDefault(finding => finding.Kind == ImportFindingKind.NothingTaken) is { } nothing)
            {
                return Cell(Compatibility.Refused, 0, CompatibilityFindings.Of([], nothing.Message));
            }

            var findings = CompatibilityFindings.Of(result);
            return Cell(CompatibilityFindings.ResultOf(findings), result.Models.Sum(model => model.Inserted + model.Existing + model.Overwritten), findings);
        }
        catch (ImportException refusal)
        {
            return Cell(Compatibility.Refused, 0, CompatibilityFindings.Of(refusal.Problems, refusal.Message));
        }
        catch (BackupFormatException refusal)
        {
            return Cell(Compatibility.Refused, 0, CompatibilityFindings.Of(refusal.Problems, refusal.Message));
        }

        CompatibilityCell Cell(Compatibility compatibility, long written, IReadOnlyList<CompatibilityFinding> findings) => new()
        {
            Backup = name,
            Version = version,
            Engine = database.Engine.Name,
            Result = compatibility,
            Written = written,
            Findings = findings,
        };
    }

    private void Add(CompatibilityCell cell)
    {
        _cells.Add(cell);
        if (options.Progress is { } progress)
        {
            lock (_reporting)
            {
                progress.Report(new CompatibilityProgress(++_done, columns * backups.Count, cell));
            }
        }
    }
}
