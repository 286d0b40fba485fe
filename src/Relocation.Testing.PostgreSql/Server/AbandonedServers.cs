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
                await RemoveAsync(folder, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PostgreSqlUnavailableException)
            {
                // Its watchdog removes it at this moment, or it is another user's.
            }
        }
    }

    /// <summary>Ends the server of a folder, and removes both. A folder whose memory is still in use stays, since only it knows of that.</summary>
    internal static async Task RemoveAsync(string folder, CancellationToken cancellationToken)
    {
        await EndAsync(folder, cancellationToken).ConfigureAwait(false);
        if (await IsFreeAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> IsFreeAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await SharedSegments.RemoveAsync(Path.Combine(folder, "data", "postmaster.pid"), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgreSqlUnavailableException)
        {
            // The machine has no program to remove a segment of 56 bytes, which is no reason to keep a folder of 40 MB.
            return true;
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
