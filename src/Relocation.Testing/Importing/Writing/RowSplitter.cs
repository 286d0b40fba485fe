using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing.Writing;

/// <summary>
/// Divides rows among the tables that hold their parts, and by the columns that they leave to the database. Values are copied; only
/// models that need it come here.
/// </summary>
internal sealed class RowSplitter
{
    private readonly EntityLayout _layout;
    private readonly int[][] _optional;
    private readonly Dictionary<(TablePart Part, string Absent), (RelocationField[] Columns, int[] Sources)> _shapes = [];

    internal RowSplitter(EntityLayout layout)
    {
        _layout = layout;
        _optional =
        [
            .. layout.Parts.Select(part => Enumerable.Range(0, part.Columns.Length)
                .Where(column => part.Columns[column].Default is { Kind: FieldDefaultKind.Database }).ToArray()),
        ];
    }

    /// <summary>The rows of each table, in the order in which their foreign keys want them.</summary>
    /// <returns>Each table with its columns and rows; the caller disposes of rows that are not the ones given.</returns>
    internal IEnumerable<(Table Table, RelocationField[] Columns, RowBatch Rows)> Split(RowBatch rows)
    {
        for (var i = 0; i < _layout.Parts.Length; i++)
        {
            var part = _layout.Parts[i];
            var groups = Group(rows, part, _optional[i]);
            if (_layout.Parts.Length == 1 && groups is [{ Absent: "" }])
            {
                yield return (part.Table, part.Columns, rows);
                yield break;
            }

            foreach (var (absent, members) in groups)
            {
                var (columns, sources) = ShapeOf(part, absent, _optional[i]);
                yield return (part.Table, columns, Project(rows, members, columns, sources));
            }
        }
    }

    private static List<(string Absent, List<int> Rows)> Group(RowBatch rows, TablePart part, int[] optional)
    {
        var groups = new List<(string Absent, List<int> Rows)>();
        var byAbsent = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
        {
            var absent = AbsentIn(rows.Row(row), part, optional);
            if (!byAbsent.TryGetValue(absent, out var members))
            {
                members = [];
                byAbsent.Add(absent, members);
                groups.Add((absent, members));
            }

            members.Add(row);
        }

        return groups;
    }

    /// <summary>A character for each column that may be left to the database; empty when the row leaves none.</summary>
    private static string AbsentIn(ReadOnlySpan<Cell> row, TablePart part, int[] optional)
    {
        var isWhole = true;
        foreach (var column in optional)
        {
            isWhole &= !row[part.Sources[column]].IsAbsent;
        }

        if (isWhole)
        {
            return string.Empty;
        }

        var absent = new char[optional.Length];
        for (var i = 0; i < optional.Length; i++)
        {
            absent[i] = row[part.Sources[optional[i]]].IsAbsent ? '1' : '0';
        }

        return new string(absent);
    }

    private (RelocationField[] Columns, int[] Sources) ShapeOf(TablePart part, string absent, int[] optional)
    {
        if (_shapes.TryGetValue((part, absent), out var shape))
        {
            return shape;
        }

        var kept = Enumerable.Range(0, part.Columns.Length)
            .Where(column => absent.Length == 0 || !optional.Contains(column) || absent[Array.IndexOf(optional, column)] == '0')
            .ToList();
        shape = ([.. kept.Select(column => part.Columns[column])], [.. kept.Select(column => part.Sources[column])]);
        _shapes.Add((part, absent), shape);
        return shape;
    }

    private static RowBatch Project(RowBatch rows, List<int> members, RelocationField[] columns, int[] sources)
    {
        var projected = new RowBatch(columns, members.Count);
        foreach (var member in members)
        {
            var from = rows.Row(member);
            var to = projected.NextRow();
            for (var column = 0; column < sources.Length; column++)
            {
                to[column] = projected.Copy(from[sources[column]], rows);
            }

            projected.CompleteRow(rows.Ranks[member]);
        }

        return projected;
    }
}
