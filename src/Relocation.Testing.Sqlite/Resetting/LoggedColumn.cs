namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>A column of a table whose touched rows are recorded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TakesValues">Whether it is not generated.</param>
/// <param name="KeyRank">Its place in the primary key from 1, or 0.</param>
/// <param name="ReplacesNull">The default that a replacing statement puts in the place of null, or null.</param>
internal sealed record LoggedColumn(string Name, bool TakesValues, int KeyRank, string? ReplacesNull);
