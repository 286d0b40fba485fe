using System.Diagnostics;
using System.Globalization;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>Ends the servers of processes that were killed together with their watchdogs, and removes what they leave.</summary>
internal static class AbandonedServers
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Removes the servers beside those of this process. A folder of another user's stays.</summary>
    /// <param name="owner">Knows which processes live.</param>
    /// <param name="prefix">What the names of servers' folders begin with.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task RemoveAsync(FileOwner owner, string prefix, CancellationToken cancellationToken)
    {
        foreach (var folder in Directory.GetDirectories(owner.Folder, $"{prefix}*"))
        {
            if (FileOwner.NameOf(folder, prefix) is not { } name || !owner.IsDead(name))
            {
                continue;
            }

            try
            {
                await EndAsync(folder, cancellationToken).ConfigureAwait(false);
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PostgreSqlUnavailableException)
            {
                // Its watchdog removes it at this moment, or it is another user's.
            }
        }
    }

    /// <summary>Asks the server to end at once, and waits. Its number may have passed to another process, which is left alone.</summary>
    private static async Task EndAsync(string folder, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (await ServerOfAsync(folder, cancellationToken).ConfigureAwait(false) is { } server
            && Stopwatch.GetElapsedTime(started) < EndLimit)
        {
            await ShellCommand.RunAsync(
                ["kill", "-INT", server.ToString(CultureInfo.InvariantCulture)], cancellationToken).ConfigureAwait(false);

            // The end of a process that is no child of ours signals nothing to us.
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int?> ServerOfAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "data", "postmaster.pid");
        if (!File.Exists(file)
            || !int.TryParse((await File.ReadAllLinesAsync(file, cancellationToken).ConfigureAwait(false)).FirstOrDefault(), out var server))
        {
            return null;
        }

        var number = server.ToString(CultureInfo.InvariantCulture);
        var arguments = OperatingSystem.IsLinux()
            ? Path.Exists($"/proc/{number}") ? await File.ReadAllTextAsync($"/proc/{number}/cmdline", cancellationToken).ConfigureAwait(false) : string.Empty
            : await ShellCommand.RunAsync(["ps", "-o", "args=", "-p", number], cancellationToken).ConfigureAwait(false);
        return arguments.Contains(folder, StringComparison.Ordinal) ? server : null;
    }
}
