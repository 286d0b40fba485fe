using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Reporting;

/// <summary>The messages about findings of an import: what is wrong, where, what to do.</summary>
internal static class FindingErrors
{
    private const int MostLabels = 5;

    private const string HowToLabel =
        "A label is APP.MODEL: give a context's models theirs with HasBackupLabel or [BackupLabel], the app of all with RelocationModelOptions.App, "
        + "and former labels with BackupRule.ModelRenamed; or choose another model (--model, --assembly, --context).";

    /// <summary>That records of rows that came with the tables hold other values.</summary>
    internal static string SeedsDiffer(ModelLabel model, IReadOnlyList<RecordKey> keys)
    {
        var listed = string.Join(", ", keys.Take(MostLabels).Select(key => ShownText.Line(key.ToString())));
        var more = keys.Count > MostLabels ? $" and {keys.Count - MostLabels} more" : string.Empty;
        return $"{(keys.Count == 1 ? "1 record" : $"{keys.Count} records")} of '{model}' (pk {listed}{more}) stand{(keys.Count == 1 ? "s" : string.Empty)} for rows that "
            + "came with the tables (HasData) and hold other values. The rows were kept. Take the records out, correct HasData or the backup, or let records go first "
            + "(CollisionPolicy.Overwrite, --on-collision overwrite).";
    }

    /// <summary>Why a backup is refused of which the model knows nothing.</summary>
    internal static string NothingKnown(RelocationModel model, IReadOnlyList<ModelRecords> unknown)
    {
        var listed = string.Join(", ", unknown.Take(MostLabels).Select(records => $"'{records.Label}'{Nearest(model, records.Label)}"));
        var more = unknown.Count > MostLabels ? $" and {unknown.Count - MostLabels} more" : string.Empty;
        var known = string.Join(", ", model.Entities.Take(MostLabels).Select(entity => $"'{entity.Label}'"));
        return $"Model '{model.Name}' knows no model of the backup: {listed}{more}. It knows {(known.Length == 0 ? "none" : known)}"
            + $"{(model.Entities.Count > MostLabels ? $" and {model.Entities.Count - MostLabels} more" : string.Empty)}. {HowToLabel}";
    }

    /// <param name="records">How many records the backup holds.</param>
    /// <param name="scope">The import's scope.</param>
    /// <param name="outOfScope">How many are out of scope.</param>
    /// <param name="filtered">How many are filtered.</param>
    /// <param name="dropped">How many are dropped.</param>
    /// <param name="unknown">How many are of models that are not known, or are no more.</param>
    internal static string NothingTaken(long records, ImportScope scope, long outOfScope, long filtered, long dropped, long unknown)
    {
        var parts = new List<string>();
        var help = new List<string>();
        Add(outOfScope, $"out of scope '{scope.Name}'", "choose another scope (ImportOptions.Scope, --scope)");
        Add(filtered, "left out by filters", "correct the filter's values");
        Add(dropped, "dropped", "see why, and add what is missing");
        Add(unknown, "of models that are not known, or no more", "correct the labels, or choose another model");
        var advice = help.Count == 0 ? string.Empty : $" To import some, {string.Join("; ", help)}.";
        return $"Nothing was imported of {ImportErrors.Counted(records)}{(parts.Count == 0 ? string.Empty : $": {string.Join(", ", parts)}")}.{advice}";

        void Add(long count, string what, string mend)
        {
            if (count > 0)
            {
                parts.Add($"{count} {what}");
                help.Add(mend);
            }
        }
    }

    internal static string SuspiciousModel(RelocationModel model, ModelLabel label, long records, ModelLabel? referring)
    {
        var why = referring is { } known ? $"'{known}' refers to it" : $"other models of '{label.App}' are known";
        return $"{ImportErrors.Counted(records)} of '{label}' {(records == 1 ? "was" : "were")} left out, as model '{model.Name}' does not know {(records == 1 ? "it" : "them")}, "
            + $"though {why}.{Nearest(model, label)} Choose a version of the model that has it, give a model that label, or declare it as renamed or "
            + "dropped (BackupRule).";
    }

    private static string Nearest(RelocationModel model, ModelLabel label) => model.NearestLabels(label) is { Count: > 0 } near
        ? $" (did you mean {string.Join(" or ", near.Select(each => $"'{each}'"))}?)"
        : string.Empty;
}
