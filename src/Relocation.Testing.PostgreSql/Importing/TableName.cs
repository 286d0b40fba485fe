namespace Relocation.Testing.Importing;

/// <summary>The name of a table.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Quoted">Schema and name, quoted.</param>
internal sealed record TableName(string Schema, string Name, string Quoted);
