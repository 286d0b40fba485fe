using Relocation.Testing.Backups;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Reading;

/// <summary>A declared rule that was applied, to how many records, and the place of the first.</summary>
internal sealed record AppliedRule(FieldRule Rule, long Records, PlaceRequest First);
