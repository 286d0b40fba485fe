using System.Globalization;
using System.Text.RegularExpressions;

namespace Relocation.Testing.Generating;

/// <summary>Values of the types that backups hold as PostgreSQL writes them.</summary>
internal static partial class ServerText
{
    /// <summary>A function that makes values from a hash, or null for a type of which none are known.</summary>
    internal static Func<ulong, string>? For(RelocationField field)
    {
        var type = field.StoreType.Trim().ToLowerInvariant();
        var name = type.Split('(')[0];
        var length = Length().Match(type) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return name switch
        {
            _ when type.EndsWith("[]", StringComparison.Ordinal) => static _ => "{}",
            "bit" => hash => Bits(hash, length ?? 1),
            "bit varying" or "varbit" => hash => Bits(hash, Math.Min(length ?? 8, 8)),
            "macaddr" => static hash => Octets(hash, 6),
            "macaddr8" => static hash => Octets(hash, 8),
            "cidr" or "inet" => static hash => string.Create(CultureInfo.InvariantCulture, $"10.{hash % 256}.{hash / 256 % 256}.0/24"),
            "numeric" or "decimal" => hash => (hash % (ulong)Math.Pow(10, Math.Min(length ?? 18, 18))).ToString(CultureInfo.InvariantCulture),
            "tsvector" => static hash => $"'{Word(hash)}'",
            "point" => static hash => string.Create(CultureInfo.InvariantCulture, $"({hash % 180},{hash / 180 % 90})"),
            "vector" or "halfvec" => hash => $"[{string.Join(',', Enumerable.Range(0, length ?? 3).Select(place => (hash >> (place % 32)) % 100))}]",
            _ when name.EndsWith("multirange", StringComparison.Ordinal) => static _ => "{}",
            "int4range" or "int8range" or "numrange" =>
                static hash => string.Create(CultureInfo.InvariantCulture, $"[{hash % 1_000},{(hash % 1_000) + 1 + (hash / 1_000 % 1_000)})"),
            _ when name.EndsWith("range", StringComparison.Ordinal) => static _ => "empty",
            _ => null,
        };
    }

    private static string Bits(ulong hash, int length) => string.Concat(Enumerable.Range(0, length).Select(place => (hash >> (place % 64) & 1) == 1 ? '1' : '0'));

    private static string Octets(ulong hash, int count) =>
        string.Join(':', Enumerable.Range(0, count).Select(place => ((byte)(hash >> (place * 8))).ToString("x2", CultureInfo.InvariantCulture)));

    private static string Word(ulong hash) => string.Concat(Enumerable.Range(0, 5).Select(place => (char)('a' + (int)((hash >> (place * 8)) % 26))));

    [GeneratedRegex(@"\((\d+)")]
    private static partial Regex Length();
}
