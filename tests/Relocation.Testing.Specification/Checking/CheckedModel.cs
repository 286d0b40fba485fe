using System.Data.Common;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Checking;

/// <summary>Makes comparable items of a backup's records and of a database's rows, by what a model says of their fields.</summary>
/// <param name="model">The model.</param>
/// <param name="engine">The database.</param>
/// <param name="now">The clock of the import, for fields that default to it.</param>
internal sealed class CheckedModel(RelocationModel model, DatabaseUnderTest engine, DateTimeOffset now = default)
{
    /// <summary>The items of records that are expected to be rows.</summary>
    internal IReadOnlyList<CheckedItem> Records(IReadOnlyCollection<SourceRecord> records)
    {
        var generated = Generated(records);
        return [.. records.Where(record => record.Entity is not null).Select(record => new CheckedItem(
            record.Entity!.Label.Value,
            record.Key,
            Content(record.Entity, generated, field => Value(record, field)),
            [.. References(record.Entity).Select(reference => record.KeyOf(reference.Reference, reference.Target) is { } key
                ? CheckedItem.NameOf(reference.Target.Label.Value, key)
                : null)]))];
    }

    /// <summary>The items of all rows in the tables of the model.</summary>
    /// <param name="connection">A connection to the database.</param>
    /// <param name="records">The records, which say which generated fields cannot be compared.</param>
    internal async Task<IReadOnlyList<CheckedItem>> RowsAsync(DbConnection connection, IReadOnlyCollection<SourceRecord> records)
    {
        var generated = Generated(records);
        var items = new List<CheckedItem>();
        foreach (var entity in model.Entities)
        {
            foreach (var row in await ReadAsync(connection, entity))
            {
                items.Add(new CheckedItem(
                    entity.Label.Value,
                    KeyOf(entity, row),
                    Content(entity, generated, field => row[field.Name]),
                    [.. References(entity).Select(reference => NameOf(reference.Reference, reference.Target, row))]));
            }
        }

        return items;
    }

    private static string KeyOf(RelocationEntity entity, Dictionary<string, string?> row) =>
        string.Join('|', entity.Key.Fields.Select(field => row[field.Name]));

    private static string? NameOf(RelocationReference reference, RelocationEntity target, Dictionary<string, string?> row)
    {
        var parts = reference.Fields.Select(name => row[name]).ToList();
        return parts.Contains(null) ? null : CheckedItem.NameOf(target.Label.Value, string.Join('|', parts));
    }

    private IEnumerable<(RelocationReference Reference, RelocationEntity Target)> References(RelocationEntity entity) =>
        entity.References.Where(reference => model.Find(reference.Target) is not null)
            .Select(reference => (reference, model.Find(reference.Target)!));

    /// <summary>Fields that are the same before and after: no references, and of the key only what is kept.</summary>
    private static string Content(RelocationEntity entity, HashSet<RelocationField> generated, Func<RelocationField, string?> value)
    {
        var referring = entity.References.SelectMany(reference => reference.Fields).ToHashSet();
        var kept = entity.Key.Policy == KeyPolicy.Remap ? [] : entity.Key.Fields;
        return string.Join('\n', kept.Concat(entity.Fields)
            .Where(field => !referring.Contains(field.Name) && !generated.Contains(field))
            .Select(field => $"{field.Name}={value(field)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) ?? "\\0"}"));
    }

    /// <summary>Fields that some record lacks and whose default is random, so that no value can be expected.</summary>
    private static HashSet<RelocationField> Generated(IReadOnlyCollection<SourceRecord> records) =>
    [
        .. records.Where(record => record.Entity is not null).SelectMany(record => record.Entity!.Fields.Where(field =>
            field.Default?.Kind is FieldDefaultKind.Token or FieldDefaultKind.Guid && record.Find(field) is null)),
    ];

    private string? Value(SourceRecord record, RelocationField field)
    {
        var keyPart = record.Entity!.Key.Fields.ToList().IndexOf(field);
        if (keyPart >= 0)
        {
            return record.KeyParts[keyPart];
        }

        if (record.Find(field) is { } value)
        {
            return StoredText.OfJson(field, value);
        }

        return field.Default?.Kind switch
        {
            FieldDefaultKind.Constant => StoredText.OfJson(field, System.Text.Json.JsonElement.Parse(field.Default.Json!)),
            FieldDefaultKind.Now => StoredText.OfColumn(
                field, (now + field.Default.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private async Task<List<Dictionary<string, string?>>> ReadAsync(DbConnection connection, RelocationEntity entity)
    {
        var quote = engine.Target.Engine.Quote;
        var fields = entity.Key.Fields.Concat(entity.Fields).ToList();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {string.Join(", ", fields.Select(field => engine.ReadColumn(field, quote(field.Column))))} FROM {quote(entity.Table)}";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<Dictionary<string, string?>>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(fields.Select((field, index) => (field.Name, Value: StoredText.OfColumn(field, reader.GetValue(index))))
                .ToDictionary(pair => pair.Name, pair => pair.Value));
        }

        return rows;
    }
}
