using System.CommandLine;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The file that takes what is wrong, for other programs (import specification, sections 8.6 and 11).</summary>
internal static class FindingsFile
{
    internal static Option<string?> Option() => new("--findings-file")
    {
        Description = "Write what is wrong as JSON; an empty list when all went well.",
        HelpName = "FILE",
    };

    /// <summary>Does something, and writes what a refusal says, or that there is nothing; other failures write no file.</summary>
    /// <param name="path">The file, or null for none.</param>
    /// <param name="work">What is done.</param>
    /// <param name="findingsOf">What a refusal says, or null when it is none that is written.</param>
    internal static async Task<T> RunAsync<T>(string? path, Func<Task<T>> work, Func<Exception, IEnumerable<Finding>?> findingsOf)
    {
        try
        {
            var result = await work().ConfigureAwait(false);
            await WriteAsync(path, new Findings([])).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception)
            when (findingsOf((exception as InterruptedImportException)?.InnerException ?? exception) is { } findings)
        {
            await WriteAsync(path, new Findings(findings)).ConfigureAwait(false);
            throw;
        }
    }

    internal static async Task WriteAsync(string? path, Findings findings)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            await using (file.ConfigureAwait(false))
            {
                await findings.WriteJsonAsync(file).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.FindingsUnwritable(path, exception);
        }
    }
}
