using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Reads the map of an import from its ledgers.</summary>
internal static class TaskLedger
{
    internal static async Task<PrimaryKeyMap> ReadAsync(DbConnection connection, Guid importUuid)
    {
        var mappings = new List<KeyMapping>();
        foreach (var ledger in new[] { "sentry_regionimportchunk", "sentry_controlimportchunk" })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT model, inserted_map, existing_map, overwrite_map FROM {ledger} WHERE import_uuid = @uuid ORDER BY model, min_ordinal";
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@uuid", importUuid);
            command.Parameters.Add(parameter);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                var model = ModelLabel.Parse(reader.GetString(0));
                mappings.AddRange(Entries(model, reader.GetString(1), KeyMappingKind.Inserted));
                mappings.AddRange(Entries(model, reader.GetString(2), KeyMappingKind.Existing));
                mappings.AddRange(Entries(model, reader.GetString(3), KeyMappingKind.Overwrite));
            }
        }

        return PrimaryKeyMap.From(mappings);
    }

    private static IEnumerable<KeyMapping> Entries(ModelLabel model, string json, KeyMappingKind kind) =>
        JsonNode.Parse(json)!.AsObject().Select(entry => new KeyMapping(
            model, RecordKey.From(long.Parse(entry.Key, CultureInfo.InvariantCulture)), RecordKey.From(entry.Value!.GetValue<long>()), kind));
}
