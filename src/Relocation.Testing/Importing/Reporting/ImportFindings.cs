using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Reporting;

/// <summary>Finds what says that an import was not what somebody meant.</summary>
internal static class ImportFindings
{
    /// <summary>Why an import has nothing to do, before it touches the database; null when it has something, or the backup is empty.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="index">The backup.</param>
    /// <param name="tables">Its records, their scopes and filters decided about.</param>
    /// <param name="options">The scope, and whether an import that takes nothing is refused.</param>
    internal static string? WhyNothing(ImportPlan plan, BackupIndex index, KeyTables tables, ImportOptions options)
    {
        if (index.RecordCount == 0 || plan.Models.Any(planned => tables[planned.Entity].Taken > 0))
        {
            return null;
        }

        var unknown = index.Models.Where(records => DeclaredDriftLog.IsUnknown(plan.Model, records.Label)).OrderBy(records => records.Label).ToList();
        if (unknown.Sum(records => (long)records.Count) == index.RecordCount)
        {
            return FindingErrors.NothingKnown(plan.Model, unknown);
        }

        return options.NothingTaken == DriftPolicy.Refuse ? NothingTaken(plan, index, tables, options.Scope) : null;
    }

    /// <summary>The findings of a finished import.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="index">The backup.</param>
    /// <param name="tables">What became of its records.</param>
    /// <param name="scope">The import's scope.</param>
    /// <param name="filters">What filters found.</param>
    /// <param name="unknown">The unknown models.</param>
    internal static IEnumerable<ImportFinding> Of(
        ImportPlan plan, BackupIndex index, KeyTables tables, ImportScope scope, FilterDecision filters, IReadOnlyList<UnknownModel> unknown)
    {
        if (index.RecordCount > 0 && plan.Models.All(planned => tables[planned.Entity] is { Taken: 0, Mapped: 0 }))
        {
            yield return new ImportFinding(ImportFindingKind.NothingTaken, NothingTaken(plan, index, tables, scope)) { Records = index.RecordCount };
        }

        foreach (var finding in filters.Unmatched)
        {
            yield return finding;
        }

        if (unknown.Count == 0)
        {
            yield break;
        }

        var apps = plan.Model.Entities.SelectMany(entity => entity.Aliases.Prepend(entity.Label))
            .Concat(plan.Model.DroppedLabels).Select(label => label.App).ToHashSet(StringComparer.Ordinal);
        foreach (var model in unknown)
        {
            var referring = plan.Models.Select(planned => planned.Entity).FirstOrDefault(
                entity => tables[entity].Count > 0 && entity.AllReferences().Any(reference => reference.Target == model.Model));
            if (referring is not null || apps.Contains(model.Model.App))
            {
                yield return new ImportFinding(
                    ImportFindingKind.UnknownModel, FindingErrors.SuspiciousModel(plan.Model, model.Model, model.Records, referring?.Label))
                {
                    Model = model.Model,
                    Records = model.Records,
                    First = model.First,
                };
            }
        }
    }

    /// <summary>What records say otherwise than the rows that came with the tables.</summary>
    internal static IEnumerable<ImportFinding> OfSeeds(SeedDifferences seeds) => seeds.Found.Select(found =>
        new ImportFinding(ImportFindingKind.SeededRow, FindingErrors.SeedsDiffer(found.Model, found.Keys)) { Model = found.Model, Records = found.Keys.Count });

    private static string NothingTaken(ImportPlan plan, BackupIndex index, KeyTables tables, ImportScope scope)
    {
        var (outOfScope, filtered, dropped) = (0L, 0L, 0L);
        foreach (var table in plan.Models.Select(planned => tables[planned.Entity]))
        {
            outOfScope += table.CountOf(RecordState.OutOfScope);
            filtered += table.CountOf(RecordState.Filtered);
            dropped += table.CountOf(RecordState.Dropped);
        }

        return FindingErrors.NothingTaken(
            index.RecordCount, scope, outOfScope, filtered, dropped, index.RecordCount - outOfScope - filtered - dropped);
    }
}
