namespace Relocation.Testing.Specification.Models.Parcels;

/// <summary>An id of the application's own.</summary>
public readonly record struct ParcelId(int Value);
