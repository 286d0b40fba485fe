using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>Reads the result of a batch that was imported before from the ledger.</summary>
internal static class StoredBatch
{
    /// <summary>The batch's result, or null if it is not in the ledger.</summary>
    internal static async Task<SentryBatchResult?> FindAsync(
        DbConnection connection, string table, Guid importUuid, ModelLabel model, int minOrdinal, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // The table is one of two names of ours.
            command.CommandText = "SELECT inserted_map, existing_map, overwrite_map, max_ordinal FROM " + table
                + " WHERE import_uuid = @p0 AND model = @p1 AND min_ordinal = @p2";
#pragma warning restore CA2100
            SupportRows.AddParameters(command, [importUuid, model.Value, (long)minOrdinal]);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                var map = PrimaryKeyMap.From(
                [
                    .. Entries(model, reader.GetString(0), KeyMappingKind.Inserted),
                    .. Entries(model, reader.GetString(1), KeyMappingKind.Existing),
                    .. Entries(model, reader.GetString(2), KeyMappingKind.Overwrite),
                ]);
                return map.Count == 0
                    ? new SentryBatchResult(map, null, null)
                    : new SentryBatchResult(map, minOrdinal, (int)reader.GetInt64(3));
            }
        }
    }

    private static IEnumerable<KeyMapping> Entries(ModelLabel model, string json, KeyMappingKind kind) =>
        JsonNode.Parse(json)!.AsObject().Select(entry => new KeyMapping(
            model,
            RecordKey.From(long.Parse(entry.Key, CultureInfo.InvariantCulture)),
            RecordKey.From(entry.Value!.GetValue<long>()),
            kind));
}
