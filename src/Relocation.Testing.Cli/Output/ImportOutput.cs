using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>The output of a finished import: the pk map, the report, and whether the map is the approved one.</summary>
internal sealed class ImportOutput(Terminal terminal, MapOutput map, bool asJson, bool includeValues, bool isSilent)
{
    /// <summary>Writes everything requested. It cannot be cancelled, since the rows would be left without their map.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> WriteAsync(ImportOutcome outcome)
    {
        await map.WriteFileAsync(outcome.Result.Map, CancellationToken.None).ConfigureAwait(false);
        var mismatch = await map.CompareAsync(outcome.Result.Map, CancellationToken.None).ConfigureAwait(false);
        if (asJson)
        {
            JsonDocumentWriter.Write(terminal, new ImportDocument(outcome, map, mismatch));
        }
        else
        {
            await WriteAsync(outcome, mismatch).ConfigureAwait(false);
        }

        return mismatch is null && outcome.Result.Findings.Count == 0 ? ExitCode.Done : ExitCode.Finding;
    }

    /// <summary>The report is the result, unless the map is written to standard output: then the report is a message beside it.</summary>
    private async Task WriteAsync(ImportOutcome outcome, SnapshotMismatchException? mismatch)
    {
        var (writer, console) = map.ToStandardOutput
            ? (terminal.ErrorWriter, terminal.Error)
            : (terminal.Writer, terminal.Output);
        if (map.ToStandardOutput)
        {
            await map.WriteToAsync(terminal.Writer, outcome.Result.Map).ConfigureAwait(false);
        }

        var report = new ImportReport(outcome, writer, console);
        if (!isSilent)
        {
            report.Write();
            if (outcome.Location.IsTemporary && map.IsUnwanted)
            {
                report.WriteFirstKeys(map.Options, includeValues);
            }
        }

        foreach (var finding in outcome.Result.Findings)
        {
            await writer.WriteLineAsync(Terminal.Printable($"Finding: {finding.Message}")).ConfigureAwait(false);
        }

        if (outcome.Result.Findings.Count > 0)
        {
            await writer.WriteLineAsync().ConfigureAwait(false);
        }

        if (mismatch is not null)
        {
            await writer.WriteLineAsync(Terminal.Printable(mismatch.Message)).ConfigureAwait(false);
            await writer.WriteLineAsync().ConfigureAwait(false);
        }

        if (!isSilent)
        {
            report.WriteClosing();
        }
    }
}
