using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>Which events were generated, for people and for programs.</summary>
internal static class GenerateEventsReport
{
    internal static void Write(
        Terminal terminal, SyntheticEventOptions options, IReadOnlyDictionary<SyntheticEventKind, long> counts, string output, bool asLines, bool asJson)
    {
        if (asJson)
        {
            WriteJson(terminal, options, counts, output, asLines);
            return;
        }

        var isBeside = output == OutputArgument.StandardOutput;
        var writer = isBeside ? terminal.ErrorWriter : terminal.Writer;
        var table = new TextTable(new TextTable.Column("Kind", IsNumber: false), new TextTable.Column("Events"));
        foreach (var (kind, count) in counts)
        {
            table.Add(NameOf(kind), ReportText.Number(count));
        }

        table.Write(writer, isBeside ? terminal.Error : terminal.Output);
        var projects = options.Projects.Count == 0 ? "of no project" : $"of {ReportText.Count(options.Projects.Count, "project")}";
        writer.WriteLine(Terminal.Printable(
            $"{ReportText.Count(options.Count, "event")} {projects}, written to {(isBeside ? "standard output" : output)}."));
    }

    private static void WriteJson(
        Terminal terminal, SyntheticEventOptions options, IReadOnlyDictionary<SyntheticEventKind, long> counts, string output, bool asLines) =>
        JsonDocumentWriter.Write(terminal, json =>
        {
            json.WriteString("status", "generated");
            json.WriteNumber("exitCode", ExitCode.Done);
            json.WriteString("output", output);
            json.WriteString("format", asLines ? "lines" : "array");
            json.WriteNumber("events", options.Count);
            json.WriteStartObject("kinds");
            foreach (var (kind, count) in counts)
            {
                json.WriteNumber(NameOf(kind), count);
            }

            json.WriteEndObject();
            json.WriteStartArray("projects");
            foreach (var project in options.Projects)
            {
                json.WriteNumberValue(project);
            }

            json.WriteEndArray();
        });

    private static string NameOf(SyntheticEventKind kind) => kind.ToString().ToLowerInvariant();
}
