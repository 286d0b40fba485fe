namespace Relocation.Testing.Comparing.Contracts;

/// <summary>A reference that a record holds.</summary>
/// <param name="Path">Where the record holds it; dots lead into objects and into every object of lists.</param>
/// <param name="Target">The model referred to.</param>
/// <param name="Key">The key referred to, or null when it is not of the target's kind.</param>
/// <param name="Written">The key as the backup writes it.</param>
internal readonly record struct FoundReference(string Path, ModelLabel Target, RecordKey? Key, string Written)
{
    /// <summary>The models of which the key may be, where the record alone does not say which; else null.</summary>
    internal IEnumerable<ModelLabel>? OneOf { get; init; }
}
