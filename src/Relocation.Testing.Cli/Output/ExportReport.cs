using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>Reports what an export wrote, and what it left out.</summary>
internal static class ExportReport
{
    internal static void Write(Terminal terminal, RelocationModel model, ExportResult result, string output, bool asJson)
    {
        if (asJson)
        {
            WriteJson(terminal, model, result, output);
            return;
        }

        // The backup itself may be on standard output.
        var isBeside = output == OutputArgument.StandardOutput;
        var writer = isBeside ? terminal.ErrorWriter : terminal.Writer;
        var table = new TextTable(
            new TextTable.Column("Model", IsNumber: false), new TextTable.Column("Exported"), new TextTable.Column("Left out"), new TextTable.Column("Out of scope"));
        foreach (var counts in result.Models.Where(counts => counts.Rows > 0))
        {
            table.Add(counts.Model.Value, ReportText.Number(counts.Exported), ReportText.Number(counts.LeftOut), ReportText.Number(counts.OutOfScope));
        }

        table.Write(writer, isBeside ? terminal.Error : terminal.Output);
        foreach (var left in result.LeftOut.Concat(result.LeftOutElements))
        {
            writer.WriteLine(Terminal.Printable($"Left out: {ReportText.Number(left.Records)} of {left.Model}: {left.Reason}."));
        }

        foreach (var finding in result.Findings)
        {
            writer.WriteLine(Terminal.Printable($"Finding: {finding}"));
        }

        var place = isBeside ? "standard output" : output;
        writer.WriteLine(Terminal.Printable(
            $"{ReportText.Count(result.RecordCount, "record")} of {ReportText.Count(result.Models.Count(counts => counts.Exported > 0), "model")} of {model.Name}, "
            + $"written to {place}."));
    }

    /// <summary>The exit code of an export with that result.</summary>
    internal static int ExitCodeOf(ExportResult result) => result.Findings.Count == 0 ? ExitCode.Done : ExitCode.Finding;

    private static void WriteJson(Terminal terminal, RelocationModel model, ExportResult result, string output) =>
        JsonDocumentWriter.Write(terminal, json =>
        {
            json.WriteString("status", "exported");
            json.WriteNumber("exitCode", ExitCodeOf(result));
            json.WriteString("model", model.Name);
            json.WriteString("output", output);
            json.WriteNumber("records", result.RecordCount);
            json.WriteStartArray("models");
            foreach (var counts in result.Models.Where(counts => counts.Rows > 0))
            {
                json.WriteStartObject();
                json.WriteString("model", counts.Model.Value);
                json.WriteNumber("rows", counts.Rows);
                json.WriteNumber("exported", counts.Exported);
                json.WriteNumber("leftOut", counts.LeftOut);
                json.WriteNumber("outOfScope", counts.OutOfScope);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteLeftOut("leftOut", result.LeftOut);
            WriteLeftOut("leftOutElements", result.LeftOutElements);
            json.WriteStartArray("findings");
            foreach (var finding in result.Findings)
            {
                json.WriteStringValue(finding);
            }

            json.WriteEndArray();

            void WriteLeftOut(string name, IReadOnlyList<FilteredRecords> records)
            {
                json.WriteStartArray(name);
                foreach (var left in records)
                {
                    json.WriteStartObject();
                    json.WriteString("model", left.Model.Value);
                    json.WriteString("reason", left.Reason);
                    json.WriteNumber("count", left.Records);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        });
}
