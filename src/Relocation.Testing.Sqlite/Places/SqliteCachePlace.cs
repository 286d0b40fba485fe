namespace Relocation.Testing.Sqlite.Places;

/// <summary>The folder of the templates that processes share.</summary>
internal static class SqliteCachePlace
{
    internal static string Folder => Path.Combine(
        Read("RELOCATION_CACHE") ?? Path.Combine(
            Read("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "relocation-testing"),
        "sqlite");

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
