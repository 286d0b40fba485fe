using System.Globalization;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>Keys as statements list them.</summary>
internal static class KeyLists
{
    private const int KeysAtOnce = 1_000;

    /// <summary>The keys, separated by commas, in lists that are short enough for a statement.</summary>
    internal static IEnumerable<string> Of(IEnumerable<long> keys) =>
        keys.Chunk(KeysAtOnce).Select(some => string.Join(',', some.Select(key => key.ToString(CultureInfo.InvariantCulture))));
}
