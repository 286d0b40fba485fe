namespace Relocation.Testing.Modeling;

/// <summary>Which column of a table holds a field.</summary>
/// <param name="Field">The name of the field or key part.</param>
/// <param name="Name">The column's name.</param>
internal sealed record RelocationColumn(string Field, string Name);
