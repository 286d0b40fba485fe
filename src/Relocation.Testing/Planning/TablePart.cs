using Relocation.Testing.Modeling;

namespace Relocation.Testing.Planning;

/// <summary>One table that rows go to, and which of their columns it takes.</summary>
internal sealed class TablePart(string? schema, string name, IReadOnlyList<string> key, RelocationField[] columns, int[] sources)
{
    private Table? _table;

    internal string? Schema { get; } = schema;

    internal string Name { get; } = name;

    /// <summary>The names of the fields that engines are to take for the key; the first one's highest value is asked for.</summary>
    internal IReadOnlyList<string> Key { get; } = key;

    /// <summary>The columns, as the table names them.</summary>
    internal RelocationField[] Columns { get; } = columns;

    /// <summary>For each column, its index in the rows as they are read.</summary>
    internal int[] Sources { get; } = sources;

    /// <summary>The table, which other models may have rows in too.</summary>
    internal Table Table
    {
        get => _table ?? throw new InvalidOperationException($"Table '{Name}' has not been registered.");
        set => _table = value;
    }
}
