using System.Text.Json;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Output;

/// <summary>Lists the fields that no rule covers, in words and as JSON.</summary>
internal static class KeptReport
{
    /// <summary>All of them, since they are what somebody has to look at; nothing when there are none.</summary>
    internal static void WriteKept(this TextWriter writer, IReadOnlyList<KeptField> kept)
    {
        if (kept.Count == 0)
        {
            return;
        }

        writer.WriteLine("Kept as they are, since no rule covers them (first character and length of some):");
        foreach (var field in kept)
        {
            writer.WriteLine(Terminal.Printable(
                $"  {field.Model}.{ShownText.Of(field.Field)}: {ReportText.Count(field.Count, "value")} ({TypeOf(field)}; {string.Join(", ", field.Samples)})"));
        }

        writer.WriteLine("Give each a rule (--rule MODEL.FIELD=KIND, or --rules FILE), keep if it tells nothing of anybody; --list-rules writes such a file.");
        writer.WriteLine();
    }

    internal static void WriteKept(this Utf8JsonWriter json, IReadOnlyList<KeptField> kept)
    {
        json.WriteStartArray("kept");
        foreach (var field in kept)
        {
            json.WriteStartObject();
            json.WriteString("model", field.Model.Value);
            json.WriteString("field", field.Field);
            json.WriteString("type", TypeOf(field));
            json.WriteNumber("count", field.Count);
            json.WriteStartArray("samples");
            foreach (var sample in field.Samples)
            {
                json.WriteStringValue(sample);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string TypeOf(KeptField field) => field.Type switch
    {
        FieldType.Json => "json",
        FieldType.Bytes => "binary",
        FieldType.Date or FieldType.DateTime or FieldType.Instant => "date",
        _ => "text",
    };
}
