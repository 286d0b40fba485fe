using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Results;

/// <summary>The messages about triggers of the database: what is wrong, where, what to do.</summary>
internal static class TriggerErrors
{
    private const string HowToHoldBack = "Hold the triggers back (TriggerPolicy.HoldBack, --triggers hold-back)";

    /// <summary>The table is named by what shows the refusal.</summary>
    internal static RowRefusedException RowSwallowed(int? rank) => new(string.Empty, rank, RefusalKind.Swallowed, null, null);

    internal static string Swallowed(string table) =>
        $"{table} does not have the row, although the database refused nothing: a trigger, a rule or a row-level policy skips it, removes it or gives it "
        + $"another key. {HowToHoldBack}, or leave the record out of the backup.";

    internal static string MadeByTrigger() =>
        $" A trigger may have made that row during the import: {HowToHoldBack[..1].ToLowerInvariant()}{HowToHoldBack[1..]}, or merge what they make "
        + "(TriggerPolicy.Merge, --triggers merge).";

    internal static string KeysTaken(RelocationEntity entity) =>
        $"A trigger or a rule has added rows to table '{entity.Table}' during the import, and these have taken keys that records of '{entity.Label}' were to get "
        + $"and by which other rows refer to them already. {HowToHoldBack}, or let the rows be added after the import.";

    /// <summary>A trigger's own words may hold values.</summary>
    internal static string RaisedByTrigger(string code) =>
        $"A trigger refuses it ({code}); the inner exception has its words. {HowToHoldBack}, or change the record.";

    internal static string NotDeleted(string table) =>
        $"Rows of table '{table}' that others take the place of are still there: a trigger, a rule or a row-level policy keeps them. "
        + $"{HowToHoldBack}, or give the members' owner another collision policy.";
}
