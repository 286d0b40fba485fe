namespace Relocation.Testing.Backups;

/// <summary>Asks for the line and column of a byte.</summary>
/// <param name="Offset">The byte's offset in the decoded text.</param>
/// <param name="Pointer">The JSON pointer to the value that stands there.</param>
/// <param name="Model">The record's model, when it is known.</param>
/// <param name="Key">The record's key, when it is known and may be shown.</param>
/// <param name="Rank">The record's position among its model's records, from 0, when it is known.</param>
internal readonly record struct PlaceRequest(long Offset, string Pointer, ModelLabel? Model, RecordKey? Key, int? Rank = null);
