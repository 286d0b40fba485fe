using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>A key of the backup that its column cannot hold, and what to say of it if no new key replaces it.</summary>
internal sealed record BeyondValue(ColumnBinding Column, BackupProblemKind Kind, string Message, PlaceRequest Place);
