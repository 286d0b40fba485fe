using Relocation.Testing.Texts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Relocation.Testing.Cli.Output;

/// <summary>A table of text and numbers: drawn on a terminal, Markdown where output is redirected.</summary>
internal sealed class TextTable(params IReadOnlyList<TextTable.Column> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    internal void Add(params IEnumerable<string> cells) => _rows.Add([.. cells.Select(ShownText.Line)]);

    /// <summary>Writes the table and an empty line; nothing when it has no rows.</summary>
    internal void Write(TextWriter writer, IAnsiConsole console)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        if (console.Profile.Out.IsTerminal)
        {
            console.Write(Drawn());
            return;
        }

        var rows = _rows.Select(row => row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)).ToList()).ToList();
        var widths = columns.Select((column, i) => Math.Max(column.Title.Length, rows.Max(row => row[i].Length))).ToList();
        WriteLine(writer, columns.Select((column, i) => Padded(column.Title, i)));
        WriteLine(writer, columns.Select((column, i) => column.IsNumber ? $"{new string('-', widths[i] - 1)}:" : new string('-', widths[i])));
        foreach (var row in rows)
        {
            WriteLine(writer, row.Select(Padded));
        }

        writer.WriteLine();

        string Padded(string text, int i) => columns[i].IsNumber ? text.PadLeft(widths[i]) : text.PadRight(widths[i]);
    }

    private static void WriteLine(TextWriter writer, IEnumerable<string> cells) => writer.WriteLine($"| {string.Join(" | ", cells)} |");

    private Table Drawn()
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (title, isNumber) in columns)
        {
            var column = new TableColumn(new Text(title, new Style(decoration: Decoration.Bold)));
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(cell => (IRenderable)new Text(cell))]);
        }

        return table;
    }

    /// <summary>A column.</summary>
    /// <param name="Title">What stands above it.</param>
    /// <param name="IsNumber">Whether its cells stand at the right.</param>
    internal sealed record Column(string Title, bool IsNumber = true);
}
