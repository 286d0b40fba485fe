namespace Relocation.Testing.Importing.Results;

/// <summary>Records of one model that a resumable import has written and commits together.</summary>
/// <param name="Model">The model's label.</param>
/// <param name="FirstOrdinal">The position of the first record among its model's records in the backup, from 1.</param>
/// <param name="LastOrdinal">The position of the last one.</param>
internal readonly record struct ImportedChunk(ModelLabel Model, int FirstOrdinal, int LastOrdinal);
