namespace Relocation.Testing;

/// <summary>One concrete type of a model that is a hierarchy of types: what its records hold, and where they are stored.</summary>
public sealed class RelocationType
{
    /// <summary>The type's own label, under which backups may hold its records.</summary>
    public required ModelLabel Label { get; init; }

    /// <summary>
    /// What <see cref="RelocationEntity.TypeField"/> holds in a record of this type, as JSON: for example <c>"Cat"</c> or <c>2</c>.
    /// </summary>
    public required string Discriminator { get; init; }

    /// <summary>Other JSON values that stand for the type, such as an enum member's name for its number. Default: none.</summary>
    public IReadOnlyList<string> OtherDiscriminators { get; init; } = [];

    /// <summary>
    /// All that records of this type have, what they share with other types included: fields, references, unique sets,
    /// collections, and the tables that get a row. Its key is the hierarchy's: keys are distinct over all types.
    /// </summary>
    public required RelocationEntity Rows { get; init; }

    /// <summary>The type's label.</summary>
    public override string ToString() => Label.Value;
}
