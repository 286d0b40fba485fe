namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The environment variables that this package reads, and the folders that follow from them.</summary>
internal static class PostgreSqlEnvironment
{
    /// <summary>A connection string of a server to create test databases on.</summary>
    internal const string ConnectionString = "RELOCATION_TEST_POSTGRES";

    /// <summary>The folder of the server's programs.</summary>
    internal const string Binaries = "RELOCATION_POSTGRES_BIN";

    /// <summary>The folder for files that are kept between runs.</summary>
    internal const string Cache = "RELOCATION_CACHE";

    /// <summary>
    /// Where installed servers and initialised clusters are kept. Root's home is closed to the account that the server runs
    /// under, so root has another folder.
    /// </summary>
    internal static string CacheFolder()
    {
        if (Read(Cache) is { } chosen)
        {
            return Path.Combine(chosen, "postgres");
        }

        var root = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            ? "/var/cache"
            : Read("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(root, "relocation-testing", "postgres");
    }

    internal static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
