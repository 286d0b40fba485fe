using System.Globalization;

namespace Relocation.Testing.Comparing;

/// <summary>What differs between two texts, as a unified diff.</summary>
internal static class UnifiedDiff
{
    private const int Context = 15;

    /// <summary>Above this many pairs of lines, what differs is shown as replaced as a whole.</summary>
    private const long MostPairs = 4_000_000;

    internal static List<string> Write(string[] left, string[] right)
    {
        var edits = Edits(left, right);
        var lines = new List<string> { "--- left", "+++ right" };
        var (counted, leftCount, rightCount) = (0, 0, 0);
        for (var next = NextChange(edits, 0); next < edits.Count;)
        {
            var start = Math.Max(0, next - Context);
            var end = next;
            // A change that is near enough belongs to the same part.
            for (var change = next; change < edits.Count && change <= end + (2 * Context); change = NextChange(edits, change + 1))
            {
                end = change;
            }

            end = Math.Min(edits.Count, end + Context + 1);
            for (; counted < start; counted++)
            {
                leftCount += edits[counted].Mark == '+' ? 0 : 1;
                rightCount += edits[counted].Mark == '-' ? 0 : 1;
            }

            AddPart(lines, edits[start..end], leftCount, rightCount);
            next = NextChange(edits, end);
        }

        return lines;
    }

    private static int NextChange(List<(char Mark, string Line)> edits, int from)
    {
        while (from < edits.Count && edits[from].Mark == ' ')
        {
            from++;
        }

        return from;
    }

    /// <summary>Adds a part of the lines.</summary>
    /// <param name="lines">Takes it.</param>
    /// <param name="part">The part.</param>
    /// <param name="leftStart">How many lines of the left text stand before it.</param>
    /// <param name="rightStart">How many of the right one.</param>
    private static void AddPart(List<string> lines, List<(char Mark, string Line)> part, int leftStart, int rightStart)
    {
        var leftCount = part.Count(edit => edit.Mark != '+');
        var rightCount = part.Count(edit => edit.Mark != '-');
        lines.Add(string.Create(
            CultureInfo.InvariantCulture, $"@@ -{leftStart + 1},{leftCount} +{rightStart + 1},{rightCount} @@"));
        lines.AddRange(part.Select(edit => $"{edit.Mark}{edit.Line}"));
    }

    private static List<(char Mark, string Line)> Edits(string[] left, string[] right)
    {
        var head = 0;
        while (head < left.Length && head < right.Length && left[head] == right[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < left.Length - head && tail < right.Length - head && left[^(tail + 1)] == right[^(tail + 1)])
        {
            tail++;
        }

        var edits = left.Take(head).Select(line => (' ', line)).ToList();
        AddMiddle(edits, left[head..^tail], right[head..^tail]);
        edits.AddRange(left.TakeLast(tail).Select(line => (' ', line)));
        return edits;
    }

    private static void AddMiddle(List<(char Mark, string Line)> edits, string[] left, string[] right)
    {
        if ((long)left.Length * right.Length > MostPairs)
        {
            edits.AddRange(left.Select(line => ('-', line)));
            edits.AddRange(right.Select(line => ('+', line)));
            return;
        }

        var common = LongestCommon(left, right);
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                edits.Add((' ', left[i++]));
                j++;
            }
            else if (i < left.Length && (j == right.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                edits.Add(('-', left[i++]));
            }
            else
            {
                edits.Add(('+', right[j++]));
            }
        }
    }

    private static int[,] LongestCommon(string[] left, string[] right)
    {
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
