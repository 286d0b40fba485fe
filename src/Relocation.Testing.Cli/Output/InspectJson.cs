using System.Text.Json;
using Relocation.Testing.Cli.Inspecting;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>The content of a backup, for programs.</summary>
internal static class InspectJson
{
    internal static void Write(Terminal terminal, BackupInspection inspection) =>
        JsonDocumentWriter.Write(terminal, json =>
        {
            json.WriteString("status", "inspected");
            json.WriteNumber("exitCode", ExitCode.Done);
            json.WriteString("backup", inspection.Name);
            json.WriteNumber("records", inspection.Records);
            json.WriteNumber("runs", inspection.Runs);
            json.WriteNumber("bytes", inspection.Bytes ?? 0);
            if (inspection.Plan is { } plan)
            {
                json.WriteString("model", plan.Model.Name);
                if (PartialVersion.Is(plan.Model))
                {
                    json.WriteBoolean("partial", true);
                }
            }

            json.WriteStartArray("labels");
            foreach (var label in inspection.Labels)
            {
                WriteLabel(json, label, inspection.Plan is not null);
            }

            json.WriteEndArray();
            if (inspection.Plan is not null)
            {
                WriteTexts(json, "absentModels", inspection.AbsentModels.Select(label => label.Value));
                json.WriteStartObject("leftOut");
                foreach (var (part, reason) in inspection.Plan.Model.LeftOut)
                {
                    json.WriteString(part, reason);
                }

                json.WriteEndObject();
            }
        });

    private static void WriteLabel(Utf8JsonWriter json, InspectedLabel label, bool hasModel)
    {
        json.WriteStartObject();
        json.WriteString("model", label.Label.Value);
        json.WriteNumber("records", label.Records);
        json.WriteNumber("runs", label.Runs);
        json.WriteNumber("bytes", label.Bytes);
        WriteTexts(json, "keyKinds", label.KeyKinds.Select(kind => kind.ToString().ToLowerInvariant()));
        if (label is { Lowest: { } lowest, Highest: { } highest })
        {
            json.WriteKey("lowestKey", lowest);
            json.WriteKey("highestKey", highest);
        }

        json.WriteStartObject("fields");
        foreach (var (field, records) in label.Fields)
        {
            json.WriteNumber(field, records);
        }

        json.WriteEndObject();
        if (hasModel)
        {
            json.WriteBoolean("isKnown", label.Planned is not null);
            if (label.Planned is { } planned)
            {
                json.WriteString("entity", planned.Entity.Label.Value);
                json.WriteString("table", planned.Entity.Table);
                json.WriteNumber("importOrder", planned.Rank + 1);
            }

            json.WriteBoolean("isDropped", label.IsDropped);
            WriteTexts(json, "nearMisses", label.NearMisses.Select(near => near.Value));
            WriteTexts(json, "unknownFields", label.UnknownFields.Select(field => field.Member));
            WriteMatches(json, label);
        }

        json.WriteEndObject();
    }

    private static void WriteMatches(Utf8JsonWriter json, InspectedLabel label)
    {
        json.WriteStartArray("matches");
        foreach (var match in label.Matches)
        {
            json.WriteStartObject();
            json.WriteString("field", match.Member);
            json.WriteName("kind", match.Kind);
            WriteTexts(json, "names", match.Fields.Select(field => field.Name));
            WriteTexts(json, "nearMisses", match.NearMisses);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("absentFields");
        foreach (var field in label.AbsentFields)
        {
            json.WriteStartObject();
            json.WriteString("field", field.Name);
            json.WriteString("becomes", AbsentField.Becomes(field));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
