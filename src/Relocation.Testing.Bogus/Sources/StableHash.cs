namespace Relocation.Testing.Sources;

/// <summary>Hashes that are the same on every machine and in every version of .NET, unlike GetHashCode.</summary>
internal static class StableHash
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>FNV-1a over the characters.</summary>
    internal static ulong Of(ulong seed, string text)
    {
        var hash = Mix(seed ^ 0xCBF29CE484222325);
        foreach (var character in text)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        return Mix(hash);
    }

    internal static ulong At(ulong seed, long number) => Mix(seed + ((ulong)number * Golden));

    /// <summary>The next value of a sequence that starts at a hash.</summary>
    internal static ulong Next(ulong hash) => Mix(hash + Golden);

    /// <summary>A number from 0 up to, but not including, <paramref name="count"/>.</summary>
    internal static long Below(ulong hash, long count) => (long)Math.BigMul(hash, (ulong)count, out _);

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    internal static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
