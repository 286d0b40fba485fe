namespace Relocation.Testing.Databases;

/// <summary>A file that a pattern found.</summary>
/// <param name="Name">Its path from the folder in which the pattern's wildcards begin, divided by <c>/</c> on every system.</param>
/// <param name="Path">Its full path.</param>
internal sealed record FoundFile(string Name, string Path);
