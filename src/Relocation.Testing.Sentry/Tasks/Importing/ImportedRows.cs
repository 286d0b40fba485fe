using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>What an import has inserted according to its ledger (docs/sentry-import.md, section 10.4), on which the later tasks rely.</summary>
/// <param name="sql">A connection, in a transaction or not.</param>
/// <param name="importUuid">The import's identity, which is the relocation's.</param>
internal sealed class ImportedRows(TaskSql sql, Guid importUuid)
{
    /// <summary>The ledgers of both halves of a deployment.</summary>
    private static readonly string[] Ledgers = ["sentry_regionimportchunk", "sentry_controlimportchunk"];

    /// <summary>Whether the ledger contains the import, in whole or in part.</summary>
    internal async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        foreach (var ledger in Ledgers)
        {
            var counts = await sql.NumbersAsync($"SELECT count(*) FROM {ledger} WHERE import_uuid = @p0", [importUuid], cancellationToken).ConfigureAwait(false);
            if (counts[0] > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The models of which rows were inserted.</summary>
    internal async Task<IReadOnlySet<ModelLabel>> ModelsAsync(CancellationToken cancellationToken)
    {
        var models = new HashSet<ModelLabel>();
        foreach (var ledger in Ledgers)
        {
            var rows = await sql.QueryAsync(
                $"SELECT DISTINCT model FROM {ledger} WHERE import_uuid = @p0 AND min_inserted_pk IS NOT NULL", [importUuid], cancellationToken)
                .ConfigureAwait(false);
            models.UnionWith(rows.Select(row => ModelLabel.Parse((string)row[0]!)));
        }

        return models;
    }

    /// <summary>The rows that were inserted of a model, in the backup's order.</summary>
    internal async Task<IReadOnlyList<ImportedRow>> OfAsync(ModelLabel model, CancellationToken cancellationToken)
    {
        var found = new List<ImportedRow>();
        foreach (var ledger in Ledgers)
        {
            var rows = await sql.QueryAsync(
                $"SELECT inserted_map, inserted_identifiers FROM {ledger} WHERE import_uuid = @p0 AND model = @p1 ORDER BY min_ordinal",
                [importUuid, model.Value],
                cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                var slugs = JsonNode.Parse((string)row[1]!)!.AsObject();
                found.AddRange(JsonNode.Parse((string)row[0]!)!.AsObject().Select(entry => new ImportedRow(
                    long.Parse(entry.Key, CultureInfo.InvariantCulture), entry.Value!.GetValue<long>(), slugs[entry.Key]?.GetValue<string>())));
            }
        }

        return found;
    }
}
