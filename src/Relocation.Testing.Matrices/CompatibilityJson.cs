using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Matrices;

/// <summary>A compatibility table as a JSON document.</summary>
internal static class CompatibilityJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static string Of(CompatibilityTable table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            WriteMembers(json, table);
            json.WriteEndObject();
        }

        return ShownText.Json(Encoding.UTF8.GetString(stream.ToArray()));
    }

    internal static void WriteMembers(Utf8JsonWriter json, CompatibilityTable table)
    {
        Write(json, "backups", table.Backups);
        Write(json, "versions", table.Versions);
        Write(json, "engines", table.Engines);
        json.WriteStartArray("cells");
        foreach (var cell in table.Cells)
        {
            json.WriteStartObject();
            json.WriteString("backup", cell.Backup);
            json.WriteString("version", cell.Version);
            json.WriteString("engine", cell.Engine);
            WriteName(json, "result", cell.Result);
            json.WriteNumber("written", cell.Written);
            json.WriteStartArray("findings");
            foreach (var finding in cell.Findings)
            {
                Write(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CompatibilityFinding finding)
    {
        json.WriteStartObject();
        WriteName(json, "kind", finding.Kind);
        json.WriteString("subject", finding.Subject);
        json.WriteNumber("records", finding.Records);
        if (finding.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteName<T>(Utf8JsonWriter json, string name, T value)
        where T : struct, Enum =>
        json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
}
