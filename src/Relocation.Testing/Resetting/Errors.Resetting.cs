using Relocation.Testing.Resetting;

namespace Relocation.Testing;

internal static partial class Errors
{
    internal static ResetException KeptTableRefers(IReadOnlyList<TableLink> links) => new(
        "Nothing was emptied, since tables that are kept refer to tables that would be emptied:" +
        Listed(links.Select(link => $"'{link.From}' refers to '{link.To}' through {link.Constraint}."), links.Count) +
        $"{Environment.NewLine}Keep both tables of each line, or empty both (ResetOptions.Respawner).");

    internal static ResetException ForeignAdapter(DatabaseEngine engine, string adapter) => new(
        $"ResetOptions.Respawner has the adapter '{adapter}', which cannot be used with {engine.Name}. " +
        "Leave RespawnerOptions.DbAdapter out: the engine brings its own.");

    internal static ResetException ReferencesBroken(IReadOnlyList<string> tables) => new(
        "After the reset, rows refer to rows that do not exist, in these tables:" + Listed(tables, tables.Count) +
        $"{Environment.NewLine}The reset empties no table that they refer to, so they were broken before. Repair or empty these tables.");

    internal static ResetException EmptyingFailed(DatabaseEngine engine, string reason, Exception cause) => new(
        $"The {engine.Name} database could not be emptied: {reason} The database is as it was.", cause);

    internal static ResetException BaselineFailed(DatabaseEngine engine, string reason, Exception cause) => new(
        $"The {engine.Name} database could not be put back to its baseline: {reason} The database is as it was.", cause);

    internal static string DatabaseInUse =>
        "a connection still reads or writes. Dispose every reader, command, transaction and context before the reset.";
}
