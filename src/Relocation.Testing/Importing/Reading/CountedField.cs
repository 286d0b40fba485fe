using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing.Reading;

/// <summary>A field, how many records something is said of, and the place of the first.</summary>
internal sealed record CountedField(string Field, long Records, PlaceRequest First);
