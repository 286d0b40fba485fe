using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>What was generated, for people and for programs.</summary>
internal static class GenerateReport
{
    internal static void Write(TextWriter writer, IAnsiConsole console, RelocationModel model, SyntheticBackup backup, string output)
    {
        var table = new TextTable(new TextTable.Column("Model", IsNumber: false), new TextTable.Column("Records"));
        foreach (var (label, count) in Counts(backup))
        {
            table.Add(label.Value, ReportText.Number(count));
        }

        table.Write(writer, console);
        foreach (var reason in backup.LeftOut)
        {
            writer.WriteLine(Terminal.Printable($"Left out: {reason}"));
        }

        var counts = Counts(backup).ToList();
        var place = output == "-" ? "standard output" : output;
        writer.WriteLine(Terminal.Printable(
            $"{ReportText.Count(counts.Sum(count => count.Value), "record")} of {ReportText.Count(counts.Count(count => count.Value > 0), "model")} "
            + $"for {model.Name}, written to {place}."));
    }

    internal static void WriteJson(Terminal terminal, RelocationModel model, SyntheticBackup backup, string output) =>
        JsonDocumentWriter.Write(terminal, json =>
        {
            json.WriteString("status", "generated");
            json.WriteNumber("exitCode", ExitCode.Done);
            json.WriteString("model", model.Name);
            json.WriteString("output", output);
            json.WriteNumber("records", backup.Counts.Values.Sum());
            json.WriteStartObject("counts");
            foreach (var (label, count) in Counts(backup))
            {
                json.WriteNumber(label.Value, count);
            }

            json.WriteEndObject();
            json.WriteStartArray("leftOut");
            foreach (var reason in backup.LeftOut)
            {
                json.WriteStringValue(reason);
            }

            json.WriteEndArray();
        });

    private static IEnumerable<KeyValuePair<ModelLabel, long>> Counts(SyntheticBackup backup) => backup.Counts.OrderBy(count => count.Key);
}
