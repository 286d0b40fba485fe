namespace Relocation.Testing;

/// <summary>Says which row of the database one record of a backup became.</summary>
/// <param name="Model">The record's model.</param>
/// <param name="Old">The key in the backup.</param>
/// <param name="New">The key in the database.</param>
/// <param name="Kind">How the record found its row.</param>
public readonly record struct KeyMapping(ModelLabel Model, RecordKey Old, RecordKey New, KeyMappingKind Kind);
