namespace Relocation.Testing.Databases;

/// <summary>Locks between processes that end with the process that holds them, however it ends.</summary>
internal static class FileLock
{
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
}
