using System.Text;
using System.Text.Json;

namespace Relocation.Testing.Tests.Sanitizing;

/// <summary>Sanitises backups in memory.</summary>
internal static class Sanitized
{
    /// <summary>A model of one entity with a field of every kind.</summary>
    internal static RelocationModel Everything { get; } = RelocationModel.Create("everything",
    [
        new RelocationEntity
        {
            Label = ModelLabel.Parse("test.thing"),
            Table = "thing",
            Key = new RelocationKey { Fields = [Field("id", FieldType.Integer)], Policy = KeyPolicy.Remap },
            Fields =
            [
                Field("name", FieldType.Text), Field("slug", FieldType.Text), Field("email", FieldType.Text), Field("ip_address", FieldType.Text),
                Field("home_url", FieldType.Text), Field("guid", FieldType.Text), Field("date_added", FieldType.Instant), Field("password", FieldType.Text),
                Field("born_on", FieldType.Date), Field("caption", FieldType.Text), Field("data", FieldType.Json), Field("config", FieldType.Json),
            ],
        },
    ]);

    internal static async Task<string> TextAsync(Backup backup, SanitizeOptions options)
    {
        using var stream = new MemoryStream();
        await BackupSanitizer.SanitizeAsync(backup, BackupDestination.ToStream(stream), options, Xunit.TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The fields of the sanitised records.</summary>
    internal static async Task<List<JsonElement>> FieldsAsync(SanitizeRules? rules, params string[] fields)
    {
        var records = fields.Select((text, index) => $"{{\"model\": \"test.thing\", \"pk\": {index + 1}, \"fields\": {{{text}}}}}");
        var options = new SanitizeOptions { Model = Everything, Rules = rules, Seed = "s" };
        using var json = JsonDocument.Parse(await TextAsync(Backup.FromJson($"[{string.Join(',', records)}]"), options));
        return [.. json.RootElement.EnumerateArray().Select(record => record.GetProperty("fields").Clone())];
    }

    private static RelocationField Field(string name, FieldType type) => new() { Name = name, Column = name, Type = type, StoreType = "any", IsNullable = true };
}
