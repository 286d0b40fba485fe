using System.Globalization;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Databases;

/// <summary>Locks between processes that end with the process that holds them, however it ends.</summary>
internal static class FileLock
{
    private const string HolderEnd = ".holder";
    private const string MomentForm = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Holds a file for this process alone, as soon as no other holds it.</summary>
    /// <param name="path">The file, which is made where it is missing and stays.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal static async Task<FileStream> HoldAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryHold(path) is { } hold)
            {
                return hold;
            }

            // No platform tells .NET when another process lets a file go, so it is tried again.
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same, with a limit. A file beside it says who holds it, as nobody else can read the one that is held.</summary>
    /// <param name="path">The file, which is made where it is missing and stays.</param>
    /// <param name="what">What its holder has, as in <c>which has ...</c>.</param>
    /// <param name="patience">How long others are waited for.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="KnownFaultException">Another process held it for too long.</exception>
    internal static async Task<FileStream> HoldAsync(
        string path, string what, Patience patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var who = string.Empty;
        var hold = await patience.AwaitAsync(
            _ => Task.FromResult(TryHold(path)),
            async cancellation =>
            {
                who = $"{await HolderAsync(path, cancellation).ConfigureAwait(false)}, which has {what}";
                return WaitErrors.Waiting(who, patience.Limit);
            },
            (waited, _) => WaitErrors.WaitedTooLong(who, waited, null, WaitErrors.EndHolder(), null),
            Pause,
            cancellationToken).ConfigureAwait(false);
        var holder = path + HolderEnd;
        try
        {
            var since = clock.GetUtcNow().UtcDateTime.ToString(MomentForm, CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(
                holder, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {since}"), cancellationToken).ConfigureAwait(false);
            return hold;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then others wait for somebody without a name.
            return hold;
        }
        catch
        {
            await hold.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Holds a file for this process alone; null when another holds it.</summary>
    internal static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Who holds a file, by what is written beside it.</summary>
    private static async Task<string> HolderAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var words = (await File.ReadAllTextAsync(path + HolderEnd, cancellationToken).ConfigureAwait(false)).Split(' ', 2);
            if (int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && DateTime.TryParseExact(words[^1], MomentForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                return id == Environment.ProcessId ? $"another fixture of this process (since {words[1]} UTC)" : $"{RunningProcess.Describe(id)}, since {words[1]} UTC";
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then it is not named.
        }

        return "another process";
    }
}
