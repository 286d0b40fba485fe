using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Noting;

/// <summary>An element of a record's member that is left out because its reference leads nowhere.</summary>
internal sealed record DroppedElement(PlaceRequest Place, ModelLabel Rows, ReferenceState Reference, RecordKey Key);
