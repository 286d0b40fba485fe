using System.Globalization;
using System.Text;

namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>The words of a name, whether it is written in snake, camel or Pascal case; accents and case make no difference.</summary>
internal static class FieldWords
{
    /// <summary>The words of a name, numbers among them as words of their own.</summary>
    internal static List<string> Of(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var plain = name.Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD);
        for (var i = 0; i < plain.Length; i++)
        {
            var character = plain[i];
            if (CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (BeginsWord(plain, i) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetterOrDigit(character))
            {
                word.Append(char.ToLowerInvariant(character));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static bool BeginsWord(string name, int at)
    {
        var (before, character) = (at == 0 ? '_' : name[at - 1], name[at]);
        if (!char.IsLetterOrDigit(character) || char.IsDigit(before) != char.IsDigit(character))
        {
            return true;
        }

        // A word begins at an upper-case letter after a lower-case one, and at the last of several that a lower-case one follows.
        return char.IsUpper(character) && (!char.IsUpper(before) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
    }
}
