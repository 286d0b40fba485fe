namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>Where a record says which person it belongs to.</summary>
/// <param name="Target">The model referred to; null where the record is the person.</param>
/// <param name="Parts">The parts of the key referred to: a field of the record, or a part of its own key.</param>
internal sealed record PersonReference(ModelLabel? Target, IReadOnlyList<(SanitizedNode? Field, int KeyPart)> Parts);
