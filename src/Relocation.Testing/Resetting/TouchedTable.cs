namespace Relocation.Testing.Resetting;

/// <summary>A table some of whose rows may have been touched since the baseline, and how to read these rows as they are and as they were.</summary>
/// <param name="Schema">Its schema, or null where tables live in none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns that take values, in their order.</param>
/// <param name="Key">The columns of its primary key, or none where it has none.</param>
/// <param name="Now">What follows the list of columns in a query for the rows as they are; the table goes by the name <c>t</c>.</param>
/// <param name="Before">The same for the rows of the baseline.</param>
internal sealed record TouchedTable(
    string? Schema, string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key, string Now, string Before);
