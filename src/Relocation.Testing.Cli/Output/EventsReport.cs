using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Eventing;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>Reports the outcome of saving events, for people and for programs.</summary>
internal static class EventsReport
{
    internal static void Write(TextWriter writer, EventCounts counts, DatabaseLocation location)
    {
        var types = string.Join(", ", counts.Types.Select(type => $"{ReportText.Number(type.Value)} {type.Key}"));
        writer.WriteLine(Terminal.Printable(
            $"{ReportText.Count(counts.Saved, "event")} saved into {location.Description}{(types.Length == 0 ? string.Empty : $" ({types})")}."));
        if (counts.Groups > 0)
        {
            writer.WriteLine(
                $"{ReportText.Count(counts.Groups, "group")}, of which {ReportText.Number(counts.NewGroups)} new; {ReportText.Count(counts.Regressions, "regression")}.");
        }

        WriteSome(writer, counts.Repaired, "with values that were repaired or dropped; the payload's errors say which");
        WriteSome(writer, counts.Discarded, "discarded, as a tombstone is in the way");
        WriteSome(writer, counts.NotGrouped, "not stored, as the hash leads to a group that is not of errors");
        if (counts.Tables.Count > 0)
        {
            writer.WriteLine($"{ReportText.Count(counts.Tables.Count, "table")} that the database did not have {(counts.Tables.Count == 1 ? "was" : "were")} made.");
        }
    }

    internal static void WriteJson(Terminal terminal, EventCounts counts, DatabaseLocation location) => JsonDocumentWriter.Write(terminal, json =>
    {
        json.WriteString("status", "saved");
        json.WriteNumber("exitCode", ExitCode.Done);
        json.WriteString("database", location.Description);
        json.WriteNumber("events", counts.Events);
        json.WriteNumber("saved", counts.Saved);
        json.WriteNumber("discarded", counts.Discarded);
        json.WriteNumber("notGrouped", counts.NotGrouped);
        json.WriteNumber("repaired", counts.Repaired);
        json.WriteNumber("groups", counts.Groups);
        json.WriteNumber("newGroups", counts.NewGroups);
        json.WriteNumber("regressions", counts.Regressions);
        json.WriteStartObject("types");
        foreach (var (type, count) in counts.Types)
        {
            json.WriteNumber(type, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("tablesMade");
        foreach (var table in counts.Tables)
        {
            json.WriteStringValue(table);
        }

        json.WriteEndArray();
    });

    private static void WriteSome(TextWriter writer, long count, string what)
    {
        if (count > 0)
        {
            writer.WriteLine($"{ReportText.Count(count, "event")} {what}.");
        }
    }
}
