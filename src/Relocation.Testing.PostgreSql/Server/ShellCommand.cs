using System.Diagnostics;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>Runs a program to its end.</summary>
internal static class ShellCommand
{
    /// <summary>Runs it and gives its standard output.</summary>
    /// <exception cref="PostgreSqlUnavailableException">It cannot be started, or fails.</exception>
    internal static async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw ServerErrors.CommandFailed(command, process.ExitCode, await error.ConfigureAwait(false));
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // The account of the server may not enter the folder that we are in.
            WorkingDirectory = "/",
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw ServerErrors.CommandNotFound(command[0], exception);
        }
    }
}
