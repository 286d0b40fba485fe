namespace Relocation.Testing;

/// <summary>The record of a backup that a row was made from.</summary>
/// <param name="Model">The record's model.</param>
/// <param name="OldKey">The key in the backup.</param>
/// <param name="Place">The file, line and column of the record; null when the map was made without its backup.</param>
public sealed record RecordOrigin(ModelLabel Model, RecordKey OldKey, RecordPlace? Place)
{
    /// <summary>The place with model and old key, as a compiler would write it.</summary>
    public override string ToString() => Place is null ? $"{Model} {OldKey}" : (Place with { Model = Model, Key = OldKey }).ToString();
}
