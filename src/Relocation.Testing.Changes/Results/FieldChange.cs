namespace Relocation.Testing;

/// <summary>What became of one field of a record.</summary>
/// <param name="Name">The field, as backups call it; the column's name, where no model has the column; a reference's name.</param>
/// <param name="Old">
/// The value before, as the text of changes shows it: JSON, the identity of the record referred to, or in brackets what stands for a masked
/// value; null for none.
/// </param>
/// <param name="New">The value now, in the same form.</param>
public sealed record FieldChange(string Name, string? Old, string? New);
