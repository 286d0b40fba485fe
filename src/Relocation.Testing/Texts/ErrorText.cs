namespace Relocation.Testing.Texts;

/// <summary>Texts that messages share.</summary>
internal static class ErrorText
{
    /// <summary>At most ten items on lines of their own, then how many more there are.</summary>
    internal static string Listed(IEnumerable<string> items, long count)
    {
        const int Most = 10;
        var lines = items.Take(Most).Select(item => $"{Environment.NewLine}  {item}").ToList();
        if (count > Most)
        {
            lines.Add($"{Environment.NewLine}  and {count - Most} more.");
        }

        return string.Concat(lines);
    }

    internal static string NotADecimal() => "It is no number that a decimal of .NET keeps: NaN, infinite, or of more than 28 digits. Correct the row.";
}
