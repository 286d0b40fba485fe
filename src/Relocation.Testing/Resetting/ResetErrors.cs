using Relocation.Testing.Texts;

namespace Relocation.Testing.Resetting;

/// <summary>The messages about resets: what is wrong, where, what to do.</summary>
internal static class ResetErrors
{
    internal static ResetException KeptTableRefers(IReadOnlyList<TableLink> links) => new(
        "Nothing was emptied, since tables that are kept refer to tables that would be emptied:" +
        ErrorText.Listed(links.Select(link => $"'{link.From}' refers to '{link.To}' through {link.Constraint}."), links.Count) +
        $"{Environment.NewLine}Keep both tables of each line, or empty both (ResetOptions.Respawner).");

    internal static ResetException ForeignAdapter(string engine, string adapter) => new(
        $"ResetOptions.Respawner has the adapter '{adapter}', which cannot be used with {engine}. " +
        "Leave RespawnerOptions.DbAdapter out: the engine brings its own.");

    internal static ResetException ReferencesBroken(IReadOnlyList<string> tables) => new(
        "After the reset, rows refer to rows that do not exist, in these tables:" + ErrorText.Listed(tables, tables.Count) +
        $"{Environment.NewLine}The reset empties no table that they refer to, so they were broken before. Repair or empty these tables.");

    internal static ResetException EmptyingFailed(string engine, string reason, Exception? cause) => new(
        $"The {engine} database could not be emptied: {reason} The database is as it was.", cause);

    internal static ResetException BaselineFailed(string engine, string reason, Exception? cause) => new(
        $"The {engine} database could not be put back to its baseline: {reason} The database is as it was.", cause);

    internal static ResetException BaselineNotRemembered(string engine, string reason, Exception cause) => new(
        $"The {engine} database's baseline cannot be remembered: {reason}", cause);

    internal static ResetException FileIsLink(string engine, string path) => new(
        $"The {engine} database could not be put back to its baseline: a test has put a link in the place of its file '{path}', and what that leads "
        + "to is not the test's. Nothing was written. Let tests leave the file where it is, or delete it.");

    internal static ResetException UndoLogInexact(string engine, IReadOnlyList<string> reasons) => new(
        $"ResetStrategy.UndoLog cannot put this {engine} database back exactly:{ErrorText.Listed(reasons, reasons.Count)}" +
        $"{Environment.NewLine}Choose ResetStrategy.Copy, or Automatic, which decides by itself.");

    internal static ResetException TransactionEnded(string engine, Exception? cause) => new(
        $"The {engine} database cannot be put back to its baseline by ResetStrategy.Rollback, since a test has ended the "
        + "transaction in which it was to work: what it committed stays. Leave commits and rollbacks to the reset, or choose "
        + "ResetStrategy.UndoLog, which undoes what was committed.", cause);

    internal static ResetException RollbackToEmpty() => new(
        "ResetStrategy.Rollback goes back to the baseline only. Choose another strategy to empty the database, or a baseline without rows.");

    internal static InvalidOperationException OutsideTransaction() => new(
        "With ResetStrategy.Rollback, a test works in TestDatabase.Transaction: a connection of its own would see nothing of that, and "
        + "what it commits would stay. Use TestDatabase.Transaction, or CreateContext; or choose ResetStrategy.UndoLog.");

    internal static ResetException TouchedTablesUnknown(string engine, IReadOnlyList<string> reasons) => new(
        $"EmptyBy.TouchedTables needs ResetStrategy.UndoLog, which this {engine} database does not have." +
        (reasons.Count > 0 ? ErrorText.Listed(reasons, reasons.Count) + Environment.NewLine : " ") +
        "Choose EmptyBy.Respawn, or another strategy.");

    internal static ResetException ChangesUnknown(string engine, IReadOnlyList<string> reasons) => new(
        $"What a test changed is known where touched rows are noted (ResetStrategy.UndoLog), and this {engine} database is put back in another way." +
        (reasons.Count > 0 ? ErrorText.Listed(reasons, reasons.Count) + Environment.NewLine : " ") +
        "Choose ResetStrategy.UndoLog, or Automatic.");

    internal static ResetException ChangesLost(string engine) => new(
        $"What a test changed in this {engine} database cannot be told, since the database was deleted or replaced. Ask before that.");

    internal static ResetException ChangesNotRead(string engine, string reason, Exception? cause) => new(
        $"What a test changed in this {engine} database cannot be read: {reason}", cause);

    /// <param name="changes">What has changed, as the end of a sentence.</param>
    internal static string ChangesOfSchema(string changes) =>
        $"The schema was changed ({changes}). Tables and columns that only one side has are not compared; all rows of the others are.";

    internal static ResetException TouchedTablesWithStatement() => new(
        "EmptyBy.TouchedTables cannot run a delete statement of your own. Leave RespawnerOptions.FormatDeleteStatement out, " +
        "or choose EmptyBy.Respawn.");

    /// <summary>The same, where those who use it are known.</summary>
    internal static string DatabaseInUseBy(IEnumerable<string> sessions) => string.Join("; ", sessions) is { Length: > 0 } who
        ? $"a connection still reads or writes ({who}). {EndWork}"
        : DatabaseInUse;

    /// <param name="changes">What has changed, as a list.</param>
    internal static string SchemaWasChanged(string changes) =>
        $"its schema was changed: {changes}. A reset puts rows back and no schema: let tests leave it as it is, or give each a database of its own.";

    internal static string DatabaseInUse =>
        $"a connection still reads or writes. {EndWork}";

    private const string EndWork = "Dispose every reader, command, transaction and context before the reset.";
}
