using Relocation.Testing.Texts;

namespace Relocation.Testing.Planning;

/// <summary>The members of one JSON object that a model knows: columns, or objects that hold columns.</summary>
/// <param name="id">The node's number within its <see cref="EntityLayout"/>.</param>
/// <param name="path">The names that lead to it, each followed by a dot.</param>
internal sealed class FieldNode(int id, string path)
{
    private readonly NameTable _names = new();
    private readonly List<FieldNode> _nodes = [];

    internal int Id { get; } = id;

    internal string Path { get; } = path;

    /// <summary>The number of the object that may be missing as a whole, where this is one; else -1.</summary>
    internal int Object { get; init; } = -1;

    internal int NameCount => _names.Count;

    /// <summary>The indexes of all columns below this node, those of nested objects included.</summary>
    internal List<int> Columns { get; } = [];

    /// <summary>The numbers of all members below this node.</summary>
    internal List<int> Members { get; } = [];

    /// <summary>Finds a member: a column by its index, a declared rule by its number after those, or else a nested object.</summary>
    internal bool TryFind(ReadOnlySpan<byte> name, bool isEscaped, NameGuess guess, out int column, out FieldNode? node)
    {
        var isFound = _names.TryFind(name, isEscaped, guess, out column);
        node = isFound && column < 0 ? _nodes[~column] : null;
        return isFound;
    }

    /// <summary>Says that a column's value is found under a name; dots lead into objects.</summary>
    /// <param name="name">The name.</param>
    /// <param name="member">The member's number.</param>
    /// <param name="column">The column's index, or <see cref="FieldRule.Dropped"/>.</param>
    /// <param name="newNode">Makes a node for an object that is not known yet.</param>
    internal void Add(string name, int member, int column, Func<string, FieldNode> newNode)
    {
        Members.Add(member);
        if (column != FieldRule.Dropped && !Columns.Contains(column))
        {
            Columns.Add(column);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            _names.TryAdd(name, member);
            return;
        }

        if (_names.TryAdd(name[..dot], ~_nodes.Count))
        {
            _nodes.Add(newNode($"{Path}{name[..dot]}."));
        }

        _names.TryFind(System.Text.Encoding.UTF8.GetBytes(name[..dot]), isEscaped: false, new NameGuess(_names.Count), out var found);
        if (found < 0)
        {
            _nodes[~found].Add(name[(dot + 1)..], member, column, newNode);
        }
    }
}
