using System.Data.Common;
using Relocation.Testing.Sentry.Importing;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>
/// Undoes an import (docs/tasks.md, Import and undo): deletes the rows that its chunks have inserted and those that its hooks have added,
/// in reverse order of dependencies, and then the chunks. Rows that stood for records, such as merged users, stay. Key counters are not
/// changed.
/// </summary>
/// <param name="sql">The transaction.</param>
/// <param name="version">One of <see cref="SentryModel.Versions"/>.</param>
internal sealed class ImportUndo(TaskSql sql, string version)
{
    /// <summary>
    /// Tables with rows that are in no chunk, since a hook or a later step wrote them: each with the column that refers to an inserted row,
    /// and that row's model.
    /// </summary>
    private static readonly (string Table, string Column, ModelLabel Parent)[] Beside =
    [
        ("sentry_lostpasswordhash", "user_id", Labels.User),
        ("sentry_useremail", "user_id", Labels.User),
        ("sentry_organizationmembermapping", "organization_id", Labels.Organization),
        ("sentry_organizationmember", "organization_id", Labels.Organization),
        ("sentry_organizationslugreservation", "organization_id", Labels.Organization),
        ("sentry_organizationmapping", "organization_id", Labels.Organization),
        ("sentry_groupsearchviewstarred", "organization_id", Labels.Organization),
        ("sentry_projectkey", "project_id", Labels.Project),
        ("sentry_projectoptions", "project_id", Labels.Project),
    ];

    /// <summary>Addresses that hooks have added are identified by the import's time; one that somebody else uses by now stays.</summary>
    private const string HookAddresses =
        """
        DELETE FROM sentry_email WHERE date_added IN (SELECT date_added FROM sentry_controlimportchunk WHERE import_uuid = @p0)
        AND NOT EXISTS (SELECT 1 FROM auth_user u WHERE lower(u.email) = lower(sentry_email.email))
        AND NOT EXISTS (SELECT 1 FROM sentry_useremail e WHERE lower(e.email) = lower(sentry_email.email))
        """;

    private static readonly string[] Ledgers = ["sentry_regionimportchunk", "sentry_controlimportchunk", "sentry_controlimportchunkreplica"];

    private RelocationModel Model { get; } = SentryModel.CreateForImport(sql.Engine, version);

    /// <summary>Undoes an import, complete or not.</summary>
    /// <param name="importUuid">The import's identity.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">Other rows refer to what was imported.</exception>
    internal async Task RunAsync(Guid importUuid, CancellationToken cancellationToken)
    {
        var imported = new ImportedRows(sql, importUuid);
        if (await imported.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var deleted = await DeleteAsync(imported, cancellationToken).ConfigureAwait(false);
                if (await new OtherReferences(sql, Model).FindAsync(deleted, cancellationToken).ConfigureAwait(false) is { } left)
                {
                    throw Errors.ImportInUse(importUuid, left.Table, left.Column);
                }

                if (Model.Find(Labels.Email) is not null)
                {
                    await ExecuteAsync(HookAddresses, [importUuid], cancellationToken).ConfigureAwait(false);
                }

                foreach (var ledger in Ledgers)
                {
                    await ExecuteAsync($"DELETE FROM {ledger} WHERE import_uuid = @p0", [importUuid], cancellationToken).ConfigureAwait(false);
                }

                await CheckAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (DbException refusal) when (Refusals.BreaksRule(refusal))
            {
                throw Errors.ImportInUse(importUuid, refusal);
            }
        }

        await BackupImporter.ForgetAsync(sql.Transaction!, sql.Engine, importUuid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sentry's foreign keys are checked at the commit, which is too late for a useful message.</summary>
    private Task CheckAsync(CancellationToken cancellationToken) => sql.IsPostgreSql
        ? ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", [], cancellationToken)
        : Task.CompletedTask;

    /// <returns>The keys of the rows by their model.</returns>
    private async Task<IReadOnlyDictionary<ModelLabel, List<long>>> DeleteAsync(ImportedRows imported, CancellationToken cancellationToken)
    {
        var deleted = new Dictionary<ModelLabel, List<long>>();
        var models = await imported.ModelsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var tables in Beside
            .Where(table => models.Contains(table.Parent) && Model.Entities.Any(entity => entity.Table == table.Table)).GroupBy(table => table.Parent))
        {
            var keys = await KeysAsync(imported, tables.Key, cancellationToken).ConfigureAwait(false);
            foreach (var (table, column, _) in tables)
            {
                await DeleteAsync(table, column, keys, cancellationToken).ConfigureAwait(false);
            }
        }

        var order = ImportPlan.For(Model).Order.Reverse();
        foreach (var entity in order.Where(entity => models.Contains(entity.Label)))
        {
            var keys = await KeysAsync(imported, entity.Label, cancellationToken).ConfigureAwait(false);
            await DeleteAsync(Quoted(entity.Table), Quoted(entity.Key.Fields[0].Column), keys, cancellationToken).ConfigureAwait(false);
            deleted[entity.Label] = keys;
        }

        return deleted;
    }

    /// <summary>Both engines quote names this way.</summary>
    internal static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<List<long>> KeysAsync(ImportedRows imported, ModelLabel model, CancellationToken cancellationToken) =>
        [.. (await imported.OfAsync(model, cancellationToken).ConfigureAwait(false)).Select(row => row.New).OrderDescending()];

    private async Task DeleteAsync(string table, string column, List<long> keys, CancellationToken cancellationToken)
    {
        foreach (var list in KeyLists.Of(keys))
        {
            await ExecuteAsync($"DELETE FROM {table} WHERE {column} IN ({list})", [], cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<int> ExecuteAsync(string statement, object?[] parameters, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(statement, parameters, cancellationToken);
}
