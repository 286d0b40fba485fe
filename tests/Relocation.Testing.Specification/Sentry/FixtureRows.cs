using System.Text.Json;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>Turns the records of a fixture into INSERT statements, keys as they are, without any of the importer's code.</summary>
internal static class FixtureRows
{
    internal static IEnumerable<string> Read(string name, RelocationModel model, DatabaseEngine engine)
    {
        using var backup = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "fixtures", "sentry", name)));
        foreach (var record in backup.RootElement.EnumerateArray())
        {
            var entity = model.Find(ModelLabel.Parse(record.GetProperty("model").GetString()!))!;
            var fields = record.GetProperty("fields").EnumerateObject().Select(member => (entity.FindField(member.Name)!, member.Value)).ToList();
            var columns = fields.Select(field => engine.Quote(field.Item1.Column)).Prepend(engine.Quote("id"));
            var values = fields.Select(field => Literal(field.Item1, field.Value)).Prepend(record.GetProperty("pk").GetRawText());
            yield return $"INSERT INTO {engine.Quote(entity.Table)} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", values)})";
        }
    }

    private static string Literal(RelocationField field, JsonElement value) => (field.Type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => "NULL",
        (FieldType.Array, _) => Text(Array(field, value.GetString()!.Replace('\'', '"'))),
        (FieldType.Json, JsonValueKind.String) => Text(value.GetString()!),
        (FieldType.Json, _) => Text(value.GetRawText()),
        (FieldType.Integer, JsonValueKind.String) => value.GetString()!,
        (_, JsonValueKind.String) => Text(value.GetString()!),
        _ => value.GetRawText(),
    };

    /// <summary>PostgreSQL writes an array as JSON does, with other brackets; no element of the fixture has brackets of these kinds.</summary>
    private static string Array(RelocationField field, string json) =>
        field.StoreType.EndsWith("[]", StringComparison.Ordinal) ? json.Replace('[', '{').Replace(']', '}') : json;

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Relocation.Testing.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }
}
