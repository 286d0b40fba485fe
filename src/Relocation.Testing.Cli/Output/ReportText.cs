using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Relocation.Testing.Cli.Output;

/// <summary>What reports for people are made of.</summary>
internal static class ReportText
{
    /// <summary>How many items of a list are shown.</summary>
    internal const int MostListed = 20;

    /// <summary>A whole number with commas between thousands.</summary>
    internal static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun.</summary>
    internal static string Count(long value, string noun) => $"{Number(value)} {noun}{(value == 1 ? string.Empty : "s")}";

    /// <summary>A table with a title for each column; numbers stand at the right. Redirected, it is one of Markdown.</summary>
    internal static Table NewTable(IAnsiConsole console, params IEnumerable<(string Title, bool IsNumber)> columns)
    {
        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Simple : TableBorder.Markdown };
        foreach (var (title, isNumber) in columns)
        {
            var column = new TableColumn(new Text(title, new Style(decoration: Decoration.Bold))) { NoWrap = true };
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        return table;
    }

    /// <summary>Adds a row of text that is taken as it is.</summary>
    internal static void AddCells(this Table table, IEnumerable<string> cells) =>
        table.AddRow([.. cells.Select(cell => (IRenderable)new Text(Terminal.Printable(cell)))]);

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
            writer.WriteLine($"  {Terminal.Printable(item)}");
        }

        if (count > MostListed)
        {
            writer.WriteLine($"  and {Number(count - MostListed)} more; {rest}");
        }

        writer.WriteLine();
    }
}
