namespace Relocation.Testing;

/// <summary>
/// A member of <c>fields</c> that becomes rows of another table: objects that a record owns, or the keys of a many-to-many
/// relation.
/// </summary>
public sealed class RelocationChild
{
    /// <summary>The member of <c>fields</c> that holds the rows; dots lead into objects.</summary>
    public required string Name { get; init; }

    /// <summary>Other names under which backups hold the member. Default: none.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// The rows: their table, key, fields, references, unique sets and members of their own. The label serves messages;
    /// backups hold no records of it.
    /// </summary>
    public required RelocationEntity Rows { get; init; }

    /// <summary>The fields or key parts of <see cref="Rows"/> that hold the owner's key, in the order of its parts. No backup holds them.</summary>
    public required IReadOnlyList<string> OwnerFields { get; init; }

    /// <summary>
    /// The key part or field of <see cref="Rows"/> that is numbered by the import, above the highest number in the table; or null.
    /// A backup's value for it is not read. Default: null.
    /// </summary>
    public string? Number { get; init; }

    /// <summary>Whether the member is one object or null rather than a list. Default: no.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Whether a row has to be there, where the member is one object. Default: no.</summary>
    public bool IsRequired { get; init; }

    /// <summary>
    /// Whether the list holds the keys of other records rather than objects: those that the only reference of <see cref="Rows"/>
    /// leads to. The same pair may come as a record of the join table's own model instead, but not twice. Default: no.
    /// </summary>
    public bool HoldsKeys { get; init; }

    /// <summary>The member's name.</summary>
    public override string ToString() => Name;
}
