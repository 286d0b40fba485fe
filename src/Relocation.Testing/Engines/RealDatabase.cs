namespace Relocation.Testing.Engines;

/// <summary>A database as its engine knows it.</summary>
/// <param name="Name">Its own name, or its file's.</param>
/// <param name="Place">The name with where it is: a file's whole path.</param>
/// <param name="HasOtherNames">Whether it has more names than this one, which cannot be looked up.</param>
internal readonly record struct RealDatabase(string Name, string Place, bool HasOtherNames = false);
