using System.Collections.Concurrent;

namespace Relocation.Testing.Baselines;

/// <summary>The databases that were kept of attempts of a test that is repeated: they go if it passes in the end.</summary>
internal static class KeptOfAttempts
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<string>> Kept = [];

    internal static void Add(string test, KeptDatabase? kept)
    {
        if (kept?.Path is { } path)
        {
            Kept.GetOrAdd(test, _ => []).Add(path);
        }
    }

    /// <summary>Deletes what was kept of a test's earlier attempts. A copy on a server stays, and makes room for newer ones.</summary>
    internal static void Remove(string test)
    {
        if (Kept.TryRemove(test, out var paths))
        {
            foreach (var path in paths)
            {
                File.Delete(path);
            }
        }
    }
}
