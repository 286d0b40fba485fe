using System.Globalization;
using System.Text;

namespace Relocation.Testing.Texts;

/// <summary>Says in words where two texts differ first, and by how many lines.</summary>
internal static class TextDifference
{
    private const int LongestShown = 200;

    internal static string Describe(string approved, string received)
    {
        var before = approved.Split('\n');
        var after = received.Split('\n');
        var first = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var removed = OnlyIn(before, after);
        var added = OnlyIn(after, before);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{added} lines added, {removed} removed.");
        text.Append(CultureInfo.InvariantCulture, $"\n\nLine {first + 1}:");
        text.Append("\n  approved: ").Append(Shown(before, first));
        text.Append("\n  received: ").Append(Shown(after, first));
        return text.ToString();
    }

    /// <summary>How many lines one text has more often than the other.</summary>
    private static int OnlyIn(string[] lines, string[] others)
    {
        var counts = others.CountBy(line => line, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var only = 0;
        foreach (var line in lines)
        {
            if (counts.TryGetValue(line, out var count) && count > 0)
            {
                counts[line] = count - 1;
            }
            else
            {
                only++;
            }
        }

        return only;
    }

    private static string Shown(string[] lines, int index)
    {
        if (index >= lines.Length)
        {
            return "(the text has ended)";
        }

        var line = lines[index];
        return line.Length <= LongestShown ? line : $"{line[..LongestShown]}...";
    }
}
