using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Sanitizing.Replacing;

namespace Relocation.Testing;

/// <summary>
/// Replaces single values (docs/sentry-import.md, section 9.2). What a value becomes follows from the value and the seed; equal values
/// become equal ones, whichever function they go through, and different text stays different.
/// </summary>
public sealed partial class Sanitizer
{
    /// <summary>Two words of three letters, and what is between them.</summary>
    private const int ShortestNames = 7;

    private const int LongestOnStack = 512;

    private readonly byte[] _key;
    private readonly CharacterPermutation _characters;
    private readonly PetNames _names;
    private readonly SlugTable _slugs = new();

    /// <summary>Makes a sanitizer.</summary>
    /// <param name="seed">What new values are made of; null for a new random one. Whoever has it can tell old values from new ones.</param>
    /// <param name="dateOffset">By how many whole days dates are moved besides, 36,500 at most either way.</param>
    public Sanitizer(string? seed = null, TimeSpan dateOffset = default)
    {
        CheckOffset(dateOffset);
        _key = seed is null ? RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes) : SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        _characters = new CharacterPermutation(_key);
        _names = new PetNames(_key);
        _instants = new OrderKeeping(_key, TimeSpan.TicksPerSecond);
        _days = new OrderKeeping(_key, 1);
        _offset = _orderedBy = (int)dateOffset.TotalDays;
    }

    /// <summary>Text of the same form: letters for letters, digits for digits, all else as it is. Addresses and Guids stay such.</summary>
    /// <param name="value">The text.</param>
    public string MapText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length == 0 ? value : _slugs.Find(value) ?? _names.Find(value) ?? MapForm(value);
    }

    /// <summary>
    /// An e-mail address whose name and parts of the domain are replaced each on their own, in a domain that belongs to nobody
    /// (<c>example</c>); other text as <see cref="MapText"/>.
    /// </summary>
    /// <param name="value">The address.</param>
    public string MapEmail(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsEmail(value))
        {
            return MapText(value);
        }

        var at = value.IndexOf('@', StringComparison.Ordinal);
        return $"{MapPart(value[..at])}@{MapHost(value[(at + 1)..])}";
    }

    /// <summary>A name of two words, no longer each than the old name; of three letters at least.</summary>
    /// <param name="value">The name.</param>
    /// <param name="maxLength">The most characters that the new name may have; below 7, the name becomes text of the same form. Default: no limit.</param>
    public string MapName(string value, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0 || maxLength < ShortestNames)
        {
            return MapText(value);
        }

        // The same name may stand in a shorter column, or have got a number.
        var mapped = _names.Map(value, maxLength);
        return mapped.Length <= maxLength ? mapped : _characters.Map(value);
    }

    /// <summary>A name and its slug: the slug is that of the new name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="slug">The slug.</param>
    /// <param name="maxLength">The most characters that the new slug may have. Default: no limit.</param>
    public (string Name, string Slug) MapNameAndSlug(string name, string slug, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(slug);
        var newName = MapName(name);
        return (newName, slug.Length == 0 ? slug : newName.Length == 0 ? MapText(slug) : _slugs.Map(slug, newName, maxLength));
    }

    /// <summary>
    /// An address on the web whose host's and path's parts are replaced each on their own, in a domain that belongs to nobody
    /// (<c>example</c>); text without a host as <see cref="MapText"/>.
    /// </summary>
    /// <param name="value">The address.</param>
    public string MapUrl(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return MapText(value);
        }

        var start = scheme + 3;
        var end = value.AsSpan(start).IndexOfAny('/', '?', '#');
        end = end < 0 ? value.Length : start + end;
        var user = value.AsSpan(start, end - start).LastIndexOf('@');
        var host = value[(start + user + 1)..end];
        if (host.Length == 0)
        {
            return MapText(value);
        }

        return $"{value[..start]}{MapHost(host)}{MapParts(value[end..], "/?#.&=")}";
    }

    /// <summary>A Guid of version 4, written as the old one is; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The Guid.</param>
    public string MapUuid(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!Guid.TryParse(value, out var guid))
        {
            return MapText(value);
        }

        var bytes = Hash("guid", guid.ToString("N")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        var mapped = new Guid(bytes, bigEndian: true).ToString(value.Contains('-') ? "D" : "N");
        return value.AsSpan().ContainsAnyInRange('A', 'Z') ? mapped.ToUpperInvariant() : mapped;
    }

    /// <summary>
    /// An IP address of the same version; the length of a network's prefix, as in <c>10.0.0.0/8</c>, stays, and so do its last bits. Other text as
    /// <see cref="MapText"/>.
    /// </summary>
    /// <param name="value">The address.</param>
    public string MapIpAddress(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && (value.Contains(':') || value.Count('.') == 3) && IPAddress.TryParse(value.AsSpan(0, slash), out var network)
            && int.TryParse(value.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= network.GetAddressBytes().Length * 8)
        {
            return MapNetwork(network, prefix) + value[slash..];
        }

        if (!IPAddress.TryParse(value, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && value.Count('.') != 3))
        {
            return MapText(value);
        }

        var bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
        {
            MapBytes("ip", bytes);
            return new IPAddress(bytes).ToString();
        }

        return new IPAddress(Hash("ip", address.ToString()).AsSpan(0, 16)).ToString();
    }

    /// <summary>What takes the place of a known value that was found in longer text.</summary>
    internal string MapKnown(string value, KnownKind kind) => kind switch
    {
        KnownKind.Email => MapEmail(value),
        KnownKind.Host => MapHost(value),
        KnownKind.Name => _names.Find(value) is { } name ? InCaseOf(value, name) : MapText(value),
        KnownKind.SlugOfName => _slugs.Find(value) ?? (_names.FindBySlug(value) is { } name ? SlugTable.Slugify(name) : MapText(value)),
        KnownKind.Slug => _slugs.Find(value) ?? MapText(value),
        KnownKind.Url => MapUrl(value),
        KnownKind.Uuid => MapUuid(value),
        KnownKind.IpAddress => MapIpAddress(value),
        KnownKind.UserName => MapUserName(value),
        KnownKind.Phone => MapPhone(value),
        KnownKind.Iban => MapIban(value),
        KnownKind.CardNumber => MapCardNumber(value),
        KnownKind.CardExpiry => MapCardExpiry(value),
        KnownKind.MacAddress => MapMacAddress(value),
        KnownKind.Coordinate => MapCoordinate(value),
        KnownKind.Binary => MapBinary(value),
        _ => MapText(value),
    };

    /// <summary>What takes the place of a known value where nothing longer fits.</summary>
    internal string MapSameLength(string value) => _characters.Map(value);

    internal static bool IsEmail(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < value.Length - 1 && value.IndexOf('@', at + 1) < 0 && !value.Contains(' ');
    }

    private static string InCaseOf(string old, string mapped) => HasUpper(old) ? mapped : mapped.ToLowerInvariant();

    /// <summary>A network, or an address in it: replaced are the whole bytes of the prefix, so that what stands behind it may still be none.</summary>
    private string MapNetwork(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        MapBytes("ip", bytes.AsSpan(0, prefix / 8));
        return new IPAddress(bytes).ToString();
    }

    /// <summary>Text of the same form that is made by no table: addresses, phone numbers and Guids stay such.</summary>
    private string MapForm(string value) =>
        IsEmail(value) ? MapEmail(value)
        : IsPhone(value) ? MapPhone(value)
        : Guid.TryParseExact(value, "D", out _) ? MapUuid(value)
        : _characters.Map(value);

    /// <summary>A part of an address, in which no blank may come.</summary>
    private string MapPart(string part) => _slugs.Find(part) ?? _characters.Map(part);

    /// <summary>A host under a domain that is kept for examples; the last two parts become one, so that different hosts stay different.</summary>
    private string MapHost(string host)
    {
        if (host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
        {
            return $"[{MapIpAddress(host[1..end])}]{host[(end + 1)..]}";
        }

        var port = host.LastIndexOf(':');
        var name = port < 0 ? host : host[..port];
        if (name.Length == 0 || IPAddress.TryParse(name, out _))
        {
            return MapIpAddress(name) + host[name.Length..];
        }

        var parts = MapParts(name, ".");
        var last = parts.LastIndexOf('.');
        return (last < 0 ? $"{parts}.test" : $"{parts[..last]}-{parts[(last + 1)..]}.example") + host[name.Length..];
    }

    private string MapParts(string text, string separators)
    {
        var mapped = new StringBuilder(text.Length);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || separators.Contains(text[i]))
            {
                mapped.Append(MapPart(text[start..i]));
                if (i < text.Length)
                {
                    mapped.Append(text[i]);
                }

                start = i + 1;
            }
        }

        return mapped.ToString();
    }

    /// <summary>Whether a text is a phone number beyond doubt: a plus sign and digits.</summary>
    private static bool IsPhone(string value) =>
        value is ['+', >= '1' and <= '9', ..] && value.Skip(1).All(static character => char.IsAsciiDigit(character) || character is ' ' or '-' or '(' or ')' or '/' or '.')
        && value.Count(char.IsAsciiDigit) >= 7;

    private byte[] Hash(string purpose, string value)
    {
        var longest = _key.Length + Encoding.UTF8.GetMaxByteCount(purpose.Length + 1 + value.Length);
        Span<byte> input = longest > LongestOnStack ? new byte[longest] : stackalloc byte[longest];
        _key.CopyTo(input);
        var length = _key.Length + Encoding.UTF8.GetBytes(purpose, input[_key.Length..]);
        input[length++] = 0;
        length += Encoding.UTF8.GetBytes(value, input[length..]);
        return SHA256.HashData(input[..length]);
    }

    private static bool HasUpper(string text)
    {
        foreach (var character in text)
        {
            if (char.IsUpper(character))
            {
                return true;
            }
        }

        return false;
    }
}
