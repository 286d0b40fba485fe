namespace Relocation.Testing;

/// <summary>Columns whose values together occur once in a table.</summary>
public sealed class UniqueSet
{
    /// <summary>The constraint's or index's name in the database, or null where it has none of its own. Default: null.</summary>
    public string? Name { get; init; }

    /// <summary>The names of the fields.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>An SQL condition over the columns to which the set is limited, or null for all rows. Default: null.</summary>
    public string? Condition { get; init; }

    /// <summary>Whether it is checked at the end of the transaction. Default: no.</summary>
    public bool IsDeferrable { get; init; }
}
