using System.Globalization;

namespace Relocation.Testing.Sentry.Events.Releases;

/// <summary>
/// A release's version as semantic versioning reads it: the values of the release's eight columns (docs/events.md, Releases and
/// environments).
/// </summary>
/// <param name="Package">What stands before <c>@</c>, or null.</param>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number, 0 when missing.</param>
/// <param name="Patch">The third number, 0 when missing.</param>
/// <param name="Revision">The fourth number, 0 when missing.</param>
/// <param name="Prerelease">What makes it a pre-release, without dash; empty for a release.</param>
/// <param name="BuildCode">What stands behind <c>+</c>, or null.</param>
/// <param name="BuildNumber">The build code as a number where it is digits within 64 bits, or null.</param>
internal sealed record ReleaseVersion(
    string? Package, long Major, long Minor, long Patch, long Revision, string Prerelease, string? BuildCode, long? BuildNumber)
{
    private const int Numbers = 4;

    /// <summary>Reads a version such as <c>shop@1.2.3-rc1+45</c>.</summary>
    /// <returns>Null when it is no version, or a number does not fit: then all eight columns are null.</returns>
    internal static ReleaseVersion? Parse(string version)
    {
        var text = version.Trim();

        // The name of a package may begin with the sign that ends it.
        var at = text.Length == 0 ? -1 : text.IndexOf('@', 1);
        var package = at > 0 ? text[..at] : null;
        var rest = text[(at + 1)..];
        if (package is "@" || IsBuildHash(rest))
        {
            return null;
        }

        var plus = rest.IndexOf('+', StringComparison.Ordinal);
        var build = plus < 0 ? null : rest[(plus + 1)..];
        var core = plus < 0 ? rest : rest[..plus];
        Span<long> numbers = stackalloc long[Numbers];
        numbers.Clear();
        if (ReadNumbers(core, numbers) is not { } end || Prereleases(core[end..]) is not { } prerelease || (build is not null && !IsDotted(build, isBuild: true)))
        {
            return null;
        }

        return new ReleaseVersion(
            package, numbers[0], numbers[1], numbers[2], numbers[3], prerelease, build,
            long.TryParse(build, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    /// <summary>Reads one to four numbers.</summary>
    /// <returns>Where they end, or null when there is none or one of them does not fit.</returns>
    private static int? ReadNumbers(string core, Span<long> numbers)
    {
        var at = 0;
        for (var i = 0; i < Numbers; i++)
        {
            var end = at;
            while (end < core.Length && char.IsAsciiDigit(core[end]))
            {
                end++;
            }

            if (!long.TryParse(core.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }

            if (i + 1 == Numbers || end >= core.Length || core[end] != '.')
            {
                return end;
            }

            at = end + 1;
        }

        return at;
    }

    /// <summary>What makes a pre-release, without its dash; null when it is something else.</summary>
    private static string? Prereleases(string rest) => rest.Length == 0 ? string.Empty
        : rest[0] != '-' && !char.IsAsciiLetterLower(rest[0]) ? null
        : IsDotted(rest[0] == '-' && rest.Length > 1 ? rest[1..] : rest, isBuild: false) ? (rest[0] == '-' ? rest[1..] : rest)
        : null;

    /// <summary>Whether text is words of letters, digits and dashes between dots. Only a build's numbers may begin with zeros.</summary>
    private static bool IsDotted(string text, bool isBuild)
    {
        foreach (var range in text.AsSpan().Split('.'))
        {
            var word = text.AsSpan(range);
            var isNumber = true;
            foreach (var character in word)
            {
                if (!char.IsAsciiLetterOrDigit(character) && character != '-')
                {
                    return false;
                }

                isNumber &= char.IsAsciiDigit(character);
            }

            if (word.Length == 0 || (!isBuild && isNumber && word.Length > 1 && word[0] == '0'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it is the hash of a commit, which may look like a number.</summary>
    private static bool IsBuildHash(string text)
    {
        if (text.Length is not (12 or 16 or 20 or 32 or 40 or 64))
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
