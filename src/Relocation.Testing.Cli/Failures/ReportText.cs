using System.Globalization;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Failures;

/// <summary>What reports for people are made of.</summary>
internal static class ReportText
{
    /// <summary>How many items of a list are shown.</summary>
    internal const int MostListed = 20;

    /// <summary>A whole number with commas between thousands.</summary>
    internal static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun.</summary>
    internal static string Count(long value, string noun) => $"{Number(value)} {noun}{(value == 1 ? string.Empty : "s")}";

    /// <summary>A heading and its items, cut with a count; nothing when there are none.</summary>
    internal static void WriteList(this TextWriter writer, string heading, IReadOnlyCollection<string> items, string rest) =>
        writer.WriteList(heading, items, items.Count, rest);

    /// <summary>A heading and the first items of some, and how many more there are; nothing when there are none.</summary>
    internal static void WriteList(this TextWriter writer, string heading, IEnumerable<string> items, long count, string rest)
    {
        if (count == 0)
        {
            return;
        }

        writer.WriteLine(heading);
        foreach (var item in items.Take(MostListed))
        {
            writer.WriteLine($"  {ShownText.Line(item)}");
        }

        if (count > MostListed)
        {
            writer.WriteLine($"  and {Number(count - MostListed)} more; {rest}");
        }

        writer.WriteLine();
    }
}
