using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The file of findings for other programs (docs/sentry-import.md, sections 8.6 and 11).</summary>
internal static class FindingsFile
{
    internal static Option<string?> Option() => new("--findings-file")
    {
        Description = "Write the findings as JSON; an empty list after success.",
        HelpName = "FILE",
    };

    /// <summary>Does something, and writes the findings of a refusal, or an empty list; other failures write no file.</summary>
    /// <param name="terminal">Standard output.</param>
    /// <param name="path">The file, <c>-</c> for standard output, or null for none.</param>
    /// <param name="work">What is done.</param>
    /// <param name="findingsOf">The findings of a refusal, or null if it has none to write.</param>
    internal static async Task<T> RunAsync<T>(Terminal terminal, string? path, Func<Task<T>> work, Func<Exception, IEnumerable<Finding>?> findingsOf)
    {
        try
        {
            var result = await work().ConfigureAwait(false);
            await WriteAsync(terminal, path, new Findings([])).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception)
            when (findingsOf((exception as InterruptedImportException)?.InnerException ?? exception) is { } findings)
        {
            await WriteAsync(terminal, path, new Findings(findings)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes findings, even if the work was cancelled.</summary>
    internal static Task WriteAsync(Terminal terminal, string? path, Findings findings) => path is null
        ? Task.CompletedTask
        : OutputArgument.WriteAsync(terminal, OutputArgument.Read(path), findings.WriteJsonAsync, CancellationToken.None);
}
