using System.Globalization;
using System.Text;

namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>The new slugs of slugs; different ones stay different by a number behind them.</summary>
internal sealed class SlugTable
{
    private readonly Dictionary<ulong, string> _slugs = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The new slug of a slug: that of the new name, unless the slug got another one before.</summary>
    internal string Map(string slug, string newName, int maxLength)
    {
        var hash = TextHash.Of(slug, fold: true);
        if (!_slugs.TryGetValue(hash, out var mapped))
        {
            var wanted = Slugify(newName);
            mapped = wanted = wanted[..Math.Min(wanted.Length, maxLength)].Trim('-');
            for (var number = 2; !_taken.Add(mapped); number++)
            {
                var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
                mapped = wanted[..Math.Min(wanted.Length, Math.Max(0, maxLength - suffix.Length))] + suffix;
            }

            _slugs.Add(hash, mapped);
        }

        return mapped;
    }

    internal string? Find(ReadOnlySpan<char> slug) => _slugs.GetValueOrDefault(TextHash.Of(slug, fold: true));

    /// <summary>A text as a slug: lower case, letters and digits, single dashes between.</summary>
    internal static string Slugify(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if ((character is '-' or '_' || char.IsWhiteSpace(character)) && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-');
    }
}
