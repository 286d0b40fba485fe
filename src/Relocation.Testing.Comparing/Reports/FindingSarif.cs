using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Reports;

/// <summary>Writes findings as a SARIF 2.1.0 log.</summary>
internal static class FindingSarif
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(IReadOnlyList<Finding> findings, string? toolVersion)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, findings, toolVersion);
            // A SARIF column counts characters, ours are bytes; they are the same in ASCII, which exports are written in.
            json.WriteString("columnKind", "unicodeCodePoints");
            json.WriteStartArray("results");
            foreach (var finding in findings)
            {
                WriteResult(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return ShownText.Json(Encoding.UTF8.GetString(stream.ToArray())) + "\n";
    }

    private static void WriteTool(Utf8JsonWriter json, IReadOnlyList<Finding> findings, string? toolVersion)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "relocation");
        if (toolVersion is not null)
        {
            json.WriteString("version", toolVersion);
        }

        json.WriteStartArray("rules");
        foreach (var kind in findings.Select(finding => finding.Kind.ToString()).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", kind);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Kind.ToString());
        json.WriteString("level", "error");
        json.WriteStartObject("message");
        json.WriteString("text", finding.ToString());
        json.WriteEndObject();
        WritePlaces(json, "locations", finding.RightPlace ?? finding.LeftPlace);
        WritePlaces(json, "relatedLocations", finding.RightPlace is null ? null : finding.LeftPlace);
        json.WriteEndObject();
    }

    private static void WritePlaces(Utf8JsonWriter json, string name, RecordPlace? place)
    {
        if (place is null)
        {
            return;
        }

        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri.EscapeDataString(place.Backup.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", place.Line);
        json.WriteNumber("startColumn", place.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", place.Pointer);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
