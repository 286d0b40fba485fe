namespace Relocation.Testing.Keys;

/// <summary>A reference of an imported record, by the key that the backup gives.</summary>
/// <param name="Name">The reference's name: the field that holds it in the backup.</param>
/// <param name="Target">The model that it refers to.</param>
/// <param name="OldKey">The key of the record referred to, in the backup.</param>
internal readonly record struct MappedReference(string Name, ModelLabel Target, RecordKey OldKey);
