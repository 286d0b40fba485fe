using System.Text;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Exporting;

/// <summary>Puts a query together: tables that share keys, what is selected of them, and the order.</summary>
internal sealed class QueryText(DatabaseEngine engine, ExportTransaction transaction)
{
    private readonly StringBuilder _from = new();
    private readonly List<string> _selected = [];
    private readonly List<RelocationField> _columns = [];
    private readonly List<string> _order = [];
    private readonly Dictionary<(string Alias, string Column, FieldType Type), int> _found = [];
    private int _tables;

    /// <summary>The columns that are selected so far.</summary>
    internal IReadOnlyList<RelocationField> Columns => _columns;

    /// <summary>Adds tables, joined with each other by their keys; the first one begins the query or is joined as the caller says.</summary>
    /// <param name="parts">The tables.</param>
    /// <param name="keys">How many columns a key has.</param>
    /// <param name="joinedBy">Gives the condition for the first table's alias, or null when it begins the query.</param>
    /// <returns>The tables' aliases.</returns>
    internal string[] AddTables(IReadOnlyList<TablePart> parts, int keys, Func<string, string>? joinedBy = null)
    {
        var aliases = new string[parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            aliases[i] = $"t{_tables++}";
            var table = $"{Name(parts[i])} AS {aliases[i]}";
            var condition = i > 0
                ? string.Join(" AND ", Enumerable.Range(0, keys).Select(key =>
                    $"{At(aliases[i], parts[i], key)} = {At(aliases[0], parts[0], key)}"))
                : joinedBy?.Invoke(aliases[0]);
            _from.Append(condition is null ? $" FROM {table}" : $" {(i > 0 ? "LEFT JOIN" : "JOIN")} {table} ON {condition}");
        }

        return aliases;
    }

    /// <summary>Selects a column once; the result is its place.</summary>
    internal int Select(string alias, RelocationField column)
    {
        var place = (alias, column.Column, column.Type);
        if (!_found.TryGetValue(place, out var index))
        {
            index = _columns.Count;
            _found.Add(place, index);
            _columns.Add(column);
            _selected.Add(transaction.Selected(column, $"{alias}.{engine.Quote(column.Column)}"));
        }

        return index;
    }

    internal void OrderBy(string alias, RelocationField column)
    {
        var expression = transaction.Ordered(column, $"{alias}.{engine.Quote(column.Column)}");
        if (!_order.Contains(expression))
        {
            _order.Add(expression);
        }
    }

    /// <summary>A condition that columns of two tables are equal, in order.</summary>
    internal string Equal(string left, IEnumerable<RelocationField> leftColumns, string right, IEnumerable<RelocationField> rightColumns) =>
        string.Join(" AND ", leftColumns.Zip(rightColumns, (one, other) => $"{left}.{engine.Quote(one.Column)} = {right}.{engine.Quote(other.Column)}"));

    internal ExportQuery ToQuery(ModelLabel label, bool isInterleaved) => new(
        label, $"SELECT {string.Join(", ", _selected)}{_from} ORDER BY {string.Join(", ", _order)}", _columns, isInterleaved);

    /// <summary>A column of the rows as they are read, as one of the tables names it.</summary>
    internal static RelocationField ColumnAt(TablePart part, int source) => part.Columns[Array.IndexOf(part.Sources, source)];

    private string At(string alias, TablePart part, int source) => $"{alias}.{engine.Quote(ColumnAt(part, source).Column)}";

    private string Name(TablePart part) => part.Schema is { } schema && engine.Schema.HasSchemas
        ? $"{engine.Quote(schema)}.{engine.Quote(part.Name)}"
        : engine.Quote(part.Name);
}
