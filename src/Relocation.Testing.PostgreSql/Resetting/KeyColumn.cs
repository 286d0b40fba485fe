namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>A column of a primary key.</summary>
/// <param name="Name">Its quoted name.</param>
/// <param name="EqualTo">The operator that the key's index compares it with, which need not be on the search path.</param>
internal sealed record KeyColumn(string Name, string EqualTo);
