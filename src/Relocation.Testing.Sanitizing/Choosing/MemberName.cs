namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>Names of members that only a backup knows: those that programmers give, and those that are data, such as the keys of a dictionary.</summary>
internal static class MemberName
{
    /// <summary>What is shown of a name that may be data, and of all names beyond the most that are told apart.</summary>
    internal const string Hidden = "*";

    private const int Longest = 64;
    private const int MostDigits = 4;

    /// <summary>The name, where it is an identifier; else what is shown instead.</summary>
    internal static string Shown(string name) => IsIdentifier(name) ? name : Hidden;

    /// <summary>Whether a name is an identifier: letters, few digits, dashes. E-mail addresses, numbers, dates, Guids and full names are none.</summary>
    internal static bool IsIdentifier(string name)
    {
        if (name.Length is 0 or > Longest || !(char.IsLetter(name[0]) || name[0] is '_' or '$'))
        {
            return false;
        }

        var digits = 0;
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '-' or '$'))
            {
                return false;
            }

            digits += char.IsDigit(character) ? 1 : 0;
        }

        return digits <= MostDigits;
    }
}
