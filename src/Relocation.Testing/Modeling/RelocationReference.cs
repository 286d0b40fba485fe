namespace Relocation.Testing;

/// <summary>Fields of a model that hold the key of another record.</summary>
public sealed class RelocationReference
{
    private UnresolvedReferencePolicy? _onUnresolved;

    /// <summary>The reference's name, as snapshots and messages show it: usually the field that holds it.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the fields that hold the key, in the order of the target's key parts.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The model referred to. It need not be part of the same <see cref="RelocationModel"/>.</summary>
    public required ModelLabel Target { get; init; }

    /// <summary>
    /// The names of the target's fields that <see cref="Fields"/> hold the values of, where that is an alternate key; empty for
    /// the primary key. Default: empty.
    /// </summary>
    public IReadOnlyList<string> TargetFields { get; init; } = [];

    /// <summary>
    /// The types that the record referred to may have, by their labels, where the target is a hierarchy of types; empty for all.
    /// Default: empty.
    /// </summary>
    public IReadOnlyList<ModelLabel> TargetTypes { get; init; } = [];

    /// <summary>Whether the database enforces the reference with a foreign key. Default: yes.</summary>
    public bool HasConstraint { get; init; } = true;

    /// <summary>Whether the constraint can be checked at the end of a transaction. Default: no.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>What the database does when the row referred to is deleted, in SQL's words, or null for nothing. Default: null.</summary>
    public string? OnDelete { get; init; }

    /// <summary>
    /// What the application calls such a reference, for example <c>HybridCloudForeignKey</c>, which listings of dependencies show; or null
    /// to be called by whether the database enforces it. Default: null.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>What happens to a record whose reference leads nowhere, or null for what the import says. Default: null.</summary>
    public UnresolvedReferencePolicy? OnUnresolved
    {
        get => _onUnresolved;
        init => _onUnresolved = value;
    }

    /// <summary>The reference's name and target.</summary>
    public override string ToString() => $"{Name} -> {Target}";

    internal RelocationReference With(UnresolvedReferencePolicy onUnresolved)
    {
        var copy = (RelocationReference)MemberwiseClone();
        copy._onUnresolved = onUnresolved;
        return copy;
    }
}
