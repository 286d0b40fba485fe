using System.Text.Json;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>An import's result for programs, uncut.</summary>
internal static class ImportJson
{
    /// <summary>Writes the document to standard output.</summary>
    /// <param name="terminal">Standard output.</param>
    /// <param name="outcome">The import.</param>
    /// <param name="map">The form and place of the pk map.</param>
    /// <param name="mismatch">The difference from the approved map, or null if there is none.</param>
    internal static void Write(Terminal terminal, ImportOutcome outcome, MapOutput map, SnapshotMismatchException? mismatch) =>
        JsonDocumentWriter.Write(terminal, json =>
        {
            var hasFindings = outcome.Result.Findings.Count > 0;
            json.WriteString("status", mismatch is not null ? "mismatch" : hasFindings ? "findings" : "imported");
            json.WriteNumber("exitCode", mismatch is null && !hasFindings ? ExitCode.Done : ExitCode.Finding);
            WriteSummary(json, outcome);
            WriteFindings(json, outcome.Result);
            WriteTriggeredRows(json, outcome.Result);
            WriteModels(json, outcome.Result);
            WriteMembers(json, outcome.Result);
            WriteDropped(json, "dropped", outcome.Result.Dropped);
            WriteDropped(json, "droppedElements", outcome.Result.DroppedElements);
            WriteDrift(json, outcome.Result.Drift);
            WriteFields(json, "shortened", outcome.Result.Shortened);
            json.WriteJsonTexts(outcome.Result.JsonTexts);
            WriteMap(json, outcome.Result.Map, map);
            json.WriteApproved(map.Approved, mismatch);
        });

    private static void WriteSummary(Utf8JsonWriter json, ImportOutcome outcome)
    {
        var result = outcome.Result;
        json.WriteString("backup", outcome.Backup.Name);
        json.WriteString("model", outcome.Model.Name);
        json.WriteString("scope", outcome.Scope.Name);
        json.WriteStartObject("database");
        json.WriteString("engine", outcome.Location.Engine.Name);
        json.WriteString("description", outcome.Location.Description);
        json.WriteBoolean("isTemporary", outcome.Location.IsTemporary);
        json.WriteBoolean("createdSchema", outcome.CreatedSchema);
        json.WriteEndObject();
        json.WriteName("foreignKeys", result.ForeignKeys);
        json.WriteStartObject("counts");
        json.WriteNumber("records", result.RecordCount);
        json.WriteNumber("inserted", result.Models.Sum(model => model.Inserted));
        json.WriteNumber("existing", result.Models.Sum(model => model.Existing));
        json.WriteNumber("overwritten", result.Models.Sum(model => model.Overwritten));
        json.WriteNumber("outOfScope", result.Models.Sum(model => model.OutOfScope));
        json.WriteNumber("filtered", result.Models.Sum(model => model.Filtered));
        json.WriteNumber("dropped", result.Dropped.Count);
        json.WriteNumber("droppedElements", result.DroppedElements.Count);
        json.WriteNumber("ofUnknownModels", result.Drift.UnknownModels.Sum(model => model.Records));
        json.WriteNumber("ofDroppedModels", result.Drift.Declared.Where(drift => drift.Kind == BackupRuleKind.ModelDropped).Sum(drift => drift.Records));
        json.WriteNumber("referencesSetToNull", result.Models.Sum(model => model.ReferencesSetToNull));
        json.WriteNumber("committedChunks", result.CommittedChunks);
        json.WriteNumber("resumedChunks", result.ResumedChunks);
        json.WriteEndObject();
    }

    private static void WriteTriggeredRows(Utf8JsonWriter json, ImportResult result)
    {
        json.WriteStartArray("triggeredRows");
        foreach (var rows in result.TriggeredRows)
        {
            json.WriteStartObject();
            json.WriteString("table", rows.Table);
            json.WriteNumber("rows", rows.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, ImportResult result)
    {
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteName("kind", finding.Kind);
            if (finding.Model is { } model)
            {
                json.WriteString("model", model.Value);
            }

            json.WriteNumber("records", finding.Records);
            json.WriteString("message", finding.Message);
            if (finding.First is { } first)
            {
                json.WritePlace("first", first);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModels(Utf8JsonWriter json, ImportResult result)
    {
        json.WriteStartArray("models");
        foreach (var model in result.Models)
        {
            json.WriteStartObject();
            json.WriteString("model", model.Model.Value);
            json.WriteNumber("records", model.Records);
            json.WriteNumber("inserted", model.Inserted);
            json.WriteNumber("existing", model.Existing);
            json.WriteNumber("overwritten", model.Overwritten);
            json.WriteNumber("outOfScope", model.OutOfScope);
            json.WriteNumber("filtered", model.Filtered);
            json.WriteNumber("dropped", model.Dropped);
            json.WriteNumber("referencesSetToNull", model.ReferencesSetToNull);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, ImportResult result)
    {
        json.WriteStartArray("members");
        foreach (var member in result.Members)
        {
            json.WriteStartObject();
            json.WriteString("model", member.Model.Value);
            json.WriteString("member", member.Member);
            json.WriteNumber("elements", member.Elements);
            json.WriteNumber("inserted", member.Inserted);
            json.WriteNumber("existing", member.Existing);
            json.WriteNumber("ofExisting", member.OfExisting);
            json.WriteNumber("dropped", member.Dropped);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDropped(Utf8JsonWriter json, string name, IReadOnlyList<DroppedRecord> records)
    {
        json.WriteStartArray(name);
        foreach (var dropped in records)
        {
            json.WriteStartObject();
            json.WritePlace("place", dropped.Place);
            json.WriteStartArray("causes");
            foreach (var cause in dropped.Causes)
            {
                json.WriteStartObject();
                json.WriteString("model", cause.Model.Value);
                json.WriteString("reference", cause.Reference);
                json.WriteString("target", cause.Target.Value);
                if (cause.TargetKey is { } key)
                {
                    json.WriteKey("targetPk", key);
                }

                json.WriteName("reason", cause.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (dropped.Rule is { } rule)
            {
                json.WriteString("rule", rule);
            }

            json.WriteEndObject();
            json.FlushWhenLong();
        }

        json.WriteEndArray();
    }

    private static void WriteDrift(Utf8JsonWriter json, DriftReport drift)
    {
        json.WriteStartObject("drift");
        json.WriteStartArray("unknownModels");
        foreach (var model in drift.UnknownModels)
        {
            json.WriteStartObject();
            json.WriteString("model", model.Model.Value);
            json.WriteNumber("records", model.Records);
            json.WritePlace("first", model.First);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFields(json, "unknownFields", drift.UnknownFields);
        WriteFields(json, "defaultedFields", drift.DefaultedFields);
        WriteDeclared(json, drift.Declared);
        json.WriteEndObject();
    }

    private static void WriteDeclared(Utf8JsonWriter json, IReadOnlyList<DeclaredDrift> declared)
    {
        json.WriteStartArray("declared");
        foreach (var drift in declared)
        {
            json.WriteStartObject();
            json.WriteName("kind", drift.Kind);
            json.WriteString("model", drift.Model.Value);
            if (drift.Field is not null)
            {
                json.WriteString("field", drift.Field);
            }

            if (drift.Former is not null)
            {
                json.WriteString("former", drift.Former);
            }

            json.WriteNumber("records", drift.Records);
            json.WritePlace("first", drift.First);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, string name, IReadOnlyList<FieldDrift> fields)
    {
        json.WriteStartArray(name);
        foreach (var field in fields)
        {
            json.WriteStartObject();
            json.WriteString("model", field.Model.Value);
            json.WriteString("field", field.Field);
            json.WriteNumber("records", field.Records);
            json.WritePlace("first", field.First);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, PrimaryKeyMap map, MapOutput output)
    {
        json.WriteStartObject("map");
        json.WriteNumber("records", map.Count);
        json.WriteNumber("models", map.Models.Count);
        if (output.File is { } file)
        {
            json.WriteString("file", file);
        }

        if (output.ToStandardOutput)
        {
            json.WriteStartArray("entries");
            foreach (var entry in map.InForm(output.Options).Entries)
            {
                json.WriteStartObject();
                json.WriteString("model", entry.Model.Value);
                json.WriteKey("old", entry.Old);
                json.WriteKey("new", entry.New);
                json.WriteName("kind", entry.Kind);
                json.WriteEndObject();
                json.FlushWhenLong();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
