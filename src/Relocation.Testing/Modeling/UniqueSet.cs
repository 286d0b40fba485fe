namespace Relocation.Testing;

/// <summary>Columns whose values together occur once in a table.</summary>
public sealed class UniqueSet
{
    private CollisionPolicy? _onCollision;

    /// <summary>The constraint's or index's name in the database, or null where it has none of its own. Default: null.</summary>
    public string? Name { get; init; }

    /// <summary>The names of the fields.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>An SQL condition over the columns to which the set is limited, or null for all rows. Default: null.</summary>
    public string? Condition { get; init; }

    /// <summary>Whether it is checked at the end of the transaction. Default: no.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>
    /// Whether letters that differ in case only are the same, though the columns may tell them apart. Default: no, as the
    /// columns compare.
    /// </summary>
    public bool IgnoresCase { get; init; }

    /// <summary>What happens to a record whose values are taken, or null for what the model says. Default: null.</summary>
    public CollisionPolicy? OnCollision
    {
        get => _onCollision;
        init => _onCollision = value;
    }

    /// <summary>
    /// The field that <see cref="CollisionPolicy.Suffix"/> and <see cref="CollisionPolicy.Regenerate"/> change, or null for the last
    /// field of the set that they can. Default: null.
    /// </summary>
    public string? ChangedField { get; init; }

    /// <summary>The names of the fields, joined with <c>+</c>.</summary>
    internal string FieldNames => string.Join('+', Fields);

    internal UniqueSet With(CollisionPolicy onCollision)
    {
        var copy = (UniqueSet)MemberwiseClone();
        copy._onCollision = onCollision;
        return copy;
    }
}
