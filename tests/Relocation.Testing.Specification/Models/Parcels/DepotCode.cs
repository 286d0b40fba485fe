namespace Relocation.Testing.Specification.Models.Parcels;

/// <summary>An id of the application's own, made of text.</summary>
public sealed record DepotCode(string Value);
