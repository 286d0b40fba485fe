namespace Relocation.Testing.Modeling;

/// <summary>One of several tables that each get a row for every record of a model.</summary>
internal sealed class RelocationTable
{
    /// <summary>The table's schema, or null for the database's default one. Default: null.</summary>
    public string? Schema { get; init; }

    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>The columns, those of the key first.</summary>
    public required IReadOnlyList<RelocationColumn> Columns { get; init; }

    /// <summary>The table's name.</summary>
    public override string ToString() => Name;
}
