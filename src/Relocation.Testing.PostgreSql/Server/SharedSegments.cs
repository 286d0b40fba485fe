using System.Globalization;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>
/// The small segment of System V shared memory by which a server makes sure that it is alone in its folder. One that is killed leaves it for ever. All
/// other shared memory of our servers has no name, or is a file in their folder.
/// </summary>
internal static class SharedSegments
{
    /// <summary>Only Linux has it; elsewhere a segment stays until the machine is started anew.</summary>
    private const string Table = "/proc/sysvipc/shm";

    private static readonly TimeSpan DetachLimit = TimeSpan.FromSeconds(5);

    /// <summary>Removes the segment of a killed server. Its last sessions notice the end in their own time, and are waited for.</summary>
    /// <param name="note">The server's own file, which a killed server leaves.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Whether nothing is left of it.</returns>
    internal static async Task<bool> RemoveAsync(string note, CancellationToken cancellationToken)
    {
        if (!File.Exists(note) || !File.Exists(Table) || Of(await File.ReadAllLinesAsync(note, cancellationToken).ConfigureAwait(false)) is not { } segment)
        {
            return true;
        }

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (AttachedTo(await File.ReadAllLinesAsync(Table, cancellationToken).ConfigureAwait(false), segment) is { } attached)
        {
            if (attached == 0)
            {
                await ShellCommand.RunAsync(["ipcrm", "-m", segment.Id.ToString(CultureInfo.InvariantCulture)], cancellationToken).ConfigureAwait(false);
                return true;
            }

            if (System.Diagnostics.Stopwatch.GetElapsedTime(started) > DetachLimit)
            {
                return false;
            }

            // Who is attached to a segment is seen in a table that tells nobody of its changes.
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>The process and the segment's number in the first and seventh line of a server's own file.</summary>
    internal static (long Server, long Id)? Of(string[] note) =>
        note.Length > 6 && long.TryParse(note[0], CultureInfo.InvariantCulture, out var server)
            && note[6].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number]
            && long.TryParse(number, CultureInfo.InvariantCulture, out var id)
            ? (server, id)
            : null;

    /// <summary>How many processes are attached to a segment of the server's; null where there is none, or its number is another's by now.</summary>
    /// <param name="table">The lines of the kernel's table.</param>
    /// <param name="segment">Who has made the segment, and its number.</param>
    internal static long? AttachedTo(IEnumerable<string> table, (long Server, long Id) segment)
    {
        foreach (var line in table)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var id, _, _, var creator, _, var attached, ..]
                && long.TryParse(id, CultureInfo.InvariantCulture, out var number) && number == segment.Id
                && long.TryParse(creator, CultureInfo.InvariantCulture, out var process) && process == segment.Server)
            {
                return long.TryParse(attached, CultureInfo.InvariantCulture, out var count) ? count : null;
            }
        }

        return null;
    }
}
