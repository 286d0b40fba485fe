using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>What the ledger says that an import has inserted (import specification, section 10.4): steps after the import go by it.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="transaction">Its transaction, or null.</param>
/// <param name="importUuid">The import's identity, which is the relocation's.</param>
internal sealed class ImportedRows(DbConnection connection, DbTransaction? transaction, Guid importUuid)
{
    /// <summary>The models of both halves of a deployment.</summary>
    private static readonly string[] Tables = ["sentry_regionimportchunk", "sentry_controlimportchunk"];

    /// <summary>Whether the ledger knows the import, in whole or in part.</summary>
    internal async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        foreach (var table in Tables)
        {
            var rows = await Statements.QueryAsync(
                connection, transaction, $"SELECT count(*) FROM {table} WHERE import_uuid = @p0", [importUuid], cancellationToken).ConfigureAwait(false);
            if (Statements.Number(rows[0][0]) > 0)
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
        foreach (var table in Tables)
        {
            var rows = await Statements.QueryAsync(
                connection,
                transaction,
                $"SELECT DISTINCT model FROM {table} WHERE import_uuid = @p0 AND min_inserted_pk IS NOT NULL",
                [importUuid],
                cancellationToken).ConfigureAwait(false);
            models.UnionWith(rows.Select(row => ModelLabel.Parse((string)row[0]!)));
        }

        return models;
    }

    /// <summary>The inserted rows of a model: key in the backup, key in the database and, where the model has slugs, the row's.</summary>
    internal async Task<IReadOnlyList<ImportedRow>> OfAsync(ModelLabel model, CancellationToken cancellationToken)
    {
        var found = new List<ImportedRow>();
        foreach (var table in Tables)
        {
            var rows = await Statements.QueryAsync(
                connection,
                transaction,
                $"SELECT inserted_map, inserted_identifiers FROM {table} WHERE import_uuid = @p0 AND model = @p1 ORDER BY min_ordinal",
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

    /// <summary>The whole map of the import, with what was there already.</summary>
    internal async Task<PrimaryKeyMap> MapAsync(CancellationToken cancellationToken)
    {
        var mappings = new List<KeyMapping>();
        foreach (var table in Tables)
        {
            var rows = await Statements.QueryAsync(
                connection,
                transaction,
                $"SELECT model, inserted_map, existing_map, overwrite_map FROM {table} WHERE import_uuid = @p0 ORDER BY model, min_ordinal",
                [importUuid],
                cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                var model = ModelLabel.Parse((string)row[0]!);
                mappings.AddRange(Entries(model, row[1], KeyMappingKind.Inserted));
                mappings.AddRange(Entries(model, row[2], KeyMappingKind.Existing));
                mappings.AddRange(Entries(model, row[3], KeyMappingKind.Overwrite));
            }
        }

        return PrimaryKeyMap.From(mappings);
    }

    private static IEnumerable<KeyMapping> Entries(ModelLabel model, object? json, KeyMappingKind kind) =>
        JsonNode.Parse((string)json!)!.AsObject().Select(entry => new KeyMapping(
            model,
            RecordKey.From(long.Parse(entry.Key, CultureInfo.InvariantCulture)),
            RecordKey.From(entry.Value!.GetValue<long>()),
            kind));
}
