namespace Relocation.Testing.Importing;

/// <summary>The members of one JSON object that a model knows: columns, or objects that hold columns.</summary>
internal sealed class FieldNode
{
    private readonly NameTable _names = new();
    private readonly List<ColumnBinding?> _columns = [];
    private readonly List<FieldNode?> _nodes = [];

    /// <summary>All columns below this node, those of nested objects included.</summary>
    internal List<ColumnBinding> AllColumns { get; } = [];

    internal void Add(ColumnBinding column)
    {
        foreach (var name in column.Field.Aliases.Prepend(column.Field.Name))
        {
            Add(name.Split('.'), column);
        }
    }

    internal bool TryFind(ReadOnlySpan<byte> name, bool isEscaped, out ColumnBinding? column, out FieldNode? node)
    {
        if (_names.TryFind(name, isEscaped, out var position))
        {
            column = _columns[position];
            node = _nodes[position];
            return true;
        }

        column = null;
        node = null;
        return false;
    }

    private void Add(ReadOnlySpan<string> path, ColumnBinding column)
    {
        if (!AllColumns.Contains(column))
        {
            AllColumns.Add(column);
        }

        if (path.Length == 1)
        {
            if (_names.TryAdd(path[0], _columns.Count))
            {
                _columns.Add(column);
                _nodes.Add(null);
            }

            return;
        }

        if (_names.TryAdd(path[0], _columns.Count))
        {
            _columns.Add(null);
            _nodes.Add(new FieldNode());
        }

        _names.TryFind(System.Text.Encoding.UTF8.GetBytes(path[0]), isEscaped: false, out var position);
        _nodes[position]?.Add(path[1..], column);
    }
}
