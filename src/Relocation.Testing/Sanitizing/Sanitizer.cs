using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Importing;
using Relocation.Testing.Sanitizing;

namespace Relocation.Testing;

/// <summary>
/// Replaces single values (import specification, section 9.2). What a value becomes follows from the value and the seed; equal values
/// become equal ones, whichever function they go through, and different text stays different.
/// </summary>
public sealed class Sanitizer
{
    /// <summary>Two words of three letters, and what is between them.</summary>
    private const int ShortestNames = 7;

    private const int LongestOnStack = 512;
    private const int LongestDate = 64;

    private readonly byte[] _key;
    private readonly CharacterPermutation _characters;
    private readonly PetNames _names;
    private readonly SlugTable _slugs = new();
    private readonly OrderKeeping _instants;
    private readonly OrderKeeping _days;
    private readonly long _offset;

    /// <summary>Makes a sanitizer.</summary>
    /// <param name="seed">What new values are made of; null for a new random one. Whoever has it can tell old values from new ones.</param>
    /// <param name="dateOffset">By how much dates are moved besides.</param>
    public Sanitizer(string? seed = null, TimeSpan dateOffset = default)
    {
        _key = seed is null ? RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes) : SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        _characters = new CharacterPermutation(_key);
        _names = new PetNames(_key);
        _instants = new OrderKeeping(_key);
        _days = new OrderKeeping(_key);
        _offset = dateOffset.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond;
    }

    /// <summary>Text of the same form: letters for letters, digits for digits, all else as it is. Addresses and Guids stay such.</summary>
    /// <param name="value">The text.</param>
    public string MapText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length == 0 ? value
            : _slugs.Find(value) ?? _names.Find(value)
            ?? (IsEmail(value) ? MapEmail(value) : Guid.TryParseExact(value, "D", out _) ? MapUuid(value) : _characters.Map(value));
    }

    /// <summary>An e-mail address whose name and parts of the domain are replaced each on their own; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The address.</param>
    public string MapEmail(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsEmail(value))
        {
            return MapText(value);
        }

        var at = value.IndexOf('@', StringComparison.Ordinal);
        return $"{MapText(value[..at])}@{MapHost(value[(at + 1)..])}";
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

    /// <summary>An address on the web whose host's and path's parts are replaced each on their own; text without a host as <see cref="MapText"/>.</summary>
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

    /// <summary>An IP address of the same version; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The address.</param>
    public string MapIpAddress(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IPAddress.TryParse(value, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && value.Count('.') != 3))
        {
            return MapText(value);
        }

        var bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
        {
            MapFourBytes(bytes);
            return new IPAddress(bytes).ToString();
        }

        return new IPAddress(Hash("ip", address.ToString()).AsSpan(0, 16)).ToString();
    }

    /// <summary>Takes a date in, so that <see cref="MapDate"/> can keep all dates' order.</summary>
    /// <param name="value">The date in ISO 8601.</param>
    /// <exception cref="SanitizeException">The text is no date.</exception>
    public void AddDate(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (ticks, isDay, _) = ReadDate(value);
        (isDay ? _days : _instants).Add(isDay ? ticks / TimeSpan.TicksPerDay * TimeSpan.TicksPerMillisecond : ticks);
    }

    /// <summary>
    /// Another date in the same order among those that were taken in. A zone is converted to UTC, and not left out; a date without a time stays one.
    /// </summary>
    /// <param name="value">The date in ISO 8601.</param>
    /// <exception cref="SanitizeException">The text is no date, or was not taken in.</exception>
    public string MapDate(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (ticks, isDay, isZoned) = ReadDate(value);
        if (isDay)
        {
            var day = (_days.Map(ticks / TimeSpan.TicksPerDay * TimeSpan.TicksPerMillisecond) ?? throw Errors.UnknownDate()) / TimeSpan.TicksPerMillisecond;
            return Written((day * TimeSpan.TicksPerDay) + (_offset / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay), "yyyy-MM-dd");
        }

        var mapped = (_instants.Map(ticks) ?? throw Errors.UnknownDate()) + _offset;
        var fraction = _instants.Unit switch { TimeSpan.TicksPerMillisecond => "fff", TimeSpan.TicksPerMicrosecond => "ffffff", _ => "fffffff" };
        return Written(mapped, $"yyyy-MM-ddTHH:mm:ss.{fraction}{(isZoned ? "Z" : string.Empty)}");
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
        _ => MapText(value),
    };

    /// <summary>What takes the place of a known value where nothing longer fits.</summary>
    internal string MapSameLength(string value) => _characters.Map(value);

    internal static bool IsEmail(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < value.Length - 1 && value.IndexOf('@', at + 1) < 0 && !value.Contains(' ');
    }

    internal static bool IsDate(string value) => TryReadDate(value, out _, out _);

    private static string InCaseOf(string old, string mapped) => HasUpper(old) ? mapped : mapped.ToLowerInvariant();

    private string MapHost(string host)
    {
        var port = host.LastIndexOf(':');
        var name = port < 0 ? host : host[..port];
        var mapped = IPAddress.TryParse(name, out _) ? MapIpAddress(name) : MapParts(name, ".");
        return port < 0 ? mapped : mapped + host[port..];
    }

    private string MapParts(string text, string separators)
    {
        var mapped = new StringBuilder(text.Length);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || separators.Contains(text[i]))
            {
                mapped.Append(MapText(text[start..i]));
                if (i < text.Length)
                {
                    mapped.Append(text[i]);
                }

                start = i + 1;
            }
        }

        return mapped.ToString();
    }

    /// <summary>Four bytes, one to one.</summary>
    private void MapFourBytes(byte[] bytes)
    {
        for (var round = 0; round < 8; round++)
        {
            var (from, to) = round % 2 == 0 ? (0, 2) : (2, 0);
            var hash = Hash($"ip {round}", $"{bytes[from]}.{bytes[from + 1]}");
            bytes[to] ^= hash[0];
            bytes[to + 1] ^= hash[1];
        }
    }

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

    /// <summary>Reads a date; its characters are ASCII, or it is none.</summary>
    private static bool TryReadDate(string value, out long ticks, out TimeSpan? offset)
    {
        (ticks, offset) = (0, null);
        Span<byte> bytes = stackalloc byte[LongestDate];
        return value.Length <= LongestDate
            && Ascii.FromUtf16(value, bytes, out var length) == System.Buffers.OperationStatus.Done
            && Iso8601.TryReadDateTime(bytes[..length], out ticks, out offset);
    }

    private static (long Ticks, bool IsDay, bool IsZoned) ReadDate(string value)
    {
        const int DateLength = 10;
        return TryReadDate(value, out var ticks, out var offset)
            ? (Math.Max(0, ticks - (offset ?? TimeSpan.Zero).Ticks), value.Length == DateLength, offset is not null)
            : throw Errors.NoDate();
    }

    private static string Written(long ticks, string format) =>
        new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks)).ToString(format, System.Globalization.CultureInfo.InvariantCulture);
}
