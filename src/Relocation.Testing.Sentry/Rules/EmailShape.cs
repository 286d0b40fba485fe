using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>What Sentry's accounts take as an e-mail address: what its forms do, which is less than the standards of mail allow.</summary>
internal static class EmailShape
{
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> AtomCharacters =
        SearchValues.Create("!#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Whether a user may have this address. None is fine, as users of integrations have none; so is one without a domain, which users have whose
    /// name was taken for their address too.
    /// </summary>
    internal static bool Fits(string email)
    {
        var text = email.AsSpan().Trim();
        var at = text.LastIndexOf('@');
        return text.IsEmpty || (at < 0 ? IsLocalPart(text) : at > 0 && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]));
    }

    private static bool IsLocalPart(ReadOnlySpan<char> text)
    {
        if (text[0] == '"')
        {
            return IsQuoted(text);
        }

        foreach (var atom in text.Split('.'))
        {
            if (text[atom].IsEmpty || text[atom].ContainsAnyExcept(AtomCharacters))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Any ASCII but line ends between quotes, a quote or a backslash behind a backslash only.</summary>
    private static bool IsQuoted(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[^1] != '"')
        {
            return false;
        }

        var content = text[1..^1];
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '"' || (content[i] == '\\' && ++i == content.Length))
            {
                return false;
            }

            if (!char.IsAscii(content[i]) || content[i] is '\0' or '\r' or '\n')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
        {
            return IPAddress.TryParse(text[1..^1], out _);
        }

        return AreLabels(text) || (!Ascii.IsValid(text) && AreLabels(Encoded(text.ToString())));
    }

    private static bool AreLabels(ReadOnlySpan<char> text)
    {
        var (labels, last) = (0, 0);
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.IsEmpty || label.Length > LongestLabel || label.ContainsAnyExcept(LabelCharacters) || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            labels++;
            last = label.Length;
        }

        return labels > 1 && last > 1;
    }

    /// <summary>The name of an international domain as DNS knows it; nothing when it is none.</summary>
    private static string Encoded(string domain)
    {
        try
        {
            return new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return string.Empty;
        }
    }
}
