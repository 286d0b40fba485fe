using System.Text.Json;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Reviewing;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>Snapshots under review, for people and for programs.</summary>
internal static class SnapshotReport
{
    internal static void Write(Terminal terminal, bool isJson, string status, int exitCode, IReadOnlyList<ReviewedSnapshot> snapshots)
    {
        if (isJson)
        {
            WriteJson(terminal, status, exitCode, [.. snapshots.Select(snapshot => (snapshot, (string?)null))]);
            return;
        }

        var table = new TextTable([new("Snapshot", IsNumber: false), new("State", IsNumber: false), new("Received", IsNumber: false)]);
        foreach (var snapshot in snapshots)
        {
            table.Add(
                snapshot.Name,
                snapshot.State.ToString().ToLowerInvariant(),
                snapshot.Received.Count == 0 ? string.Empty : Path.GetRelativePath(Environment.CurrentDirectory, snapshot.Received[0]).Replace('\\', '/'));
        }

        table.Write(terminal.Writer, terminal.Output);
    }

    internal static void WriteDifferences(Terminal terminal, bool isJson, IReadOnlyList<(ReviewedSnapshot Snapshot, string Difference)> shown)
    {
        if (isJson)
        {
            WriteJson(terminal, "shown", ExitCode.Done, [.. shown.Select(pair => (pair.Snapshot, (string?)pair.Difference))]);
            return;
        }

        foreach (var (snapshot, difference) in shown)
        {
            terminal.Writer.WriteLine(Terminal.Printable($"{snapshot.Name}: {difference}"));
            terminal.Writer.WriteLine();
        }

        terminal.Writer.WriteLine($"{ReportText.Count(shown.Count, "snapshot")} shown.");
    }

    private static void WriteJson(
        Terminal terminal, string status, int exitCode, IReadOnlyList<(ReviewedSnapshot Snapshot, string? Difference)> snapshots) =>
        JsonDocumentWriter.Write(terminal, json =>
        {
            json.WriteString("status", status);
            json.WriteNumber("exitCode", exitCode);
            json.WriteStartArray("snapshots");
            foreach (var (snapshot, difference) in snapshots)
            {
                Write(json, snapshot, difference);
            }

            json.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter json, ReviewedSnapshot snapshot, string? difference)
    {
        json.WriteStartObject();
        json.WriteString("name", snapshot.Name);
        json.WriteName("state", snapshot.State);
        json.WriteString("approved", snapshot.Approved);
        json.WriteStartArray("received");
        foreach (var file in snapshot.Received)
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
        if (difference is not null)
        {
            json.WriteString("difference", difference);
        }

        json.WriteEndObject();
    }
}
