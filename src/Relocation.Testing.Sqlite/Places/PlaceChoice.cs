using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Places;

/// <summary>Who chose the place of a file: an environment variable, or the user by its path.</summary>
internal static class PlaceChoice
{
    private const string ArtifactsVariable = "RELOCATION_ARTIFACTS";
    private const string CacheVariable = "RELOCATION_CACHE";
    private const string CachesVariable = "XDG_CACHE_HOME";

    private static string TemporaryVariable => OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    /// <summary>The origin of a database's place, as a sentence.</summary>
    internal static string Of(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? path;
        return folder == SqliteCachePlace.Folder ? OfCache()
            : FileOwner.NameOf(path) is not null && IsSame(folder, Path.GetTempPath()) ? OfTemporary()
            : "The connection string or the path that was given chose it.";
    }

    internal static string OfTemporary() => Environment.GetEnvironmentVariable(TemporaryVariable) is { Length: > 0 }
        ? $"{TemporaryVariable} chose it; set it to another folder to have temporary files elsewhere."
        : $"The system chose it; set {TemporaryVariable} to another folder to have temporary files elsewhere.";

    internal static string OfCache()
    {
        var chooser = IsSet(CacheVariable) ? CacheVariable : IsSet(CachesVariable) ? CachesVariable : "The account's home folder";
        return $"{chooser} chose it; set {CacheVariable} to another folder to have shared baselines elsewhere.";
    }

    internal static string OfKept() => IsSet(ArtifactsVariable)
        ? $"{ArtifactsVariable} chose it; set it to another folder to keep databases elsewhere."
        : $"The tests' own folder chose it; set {ArtifactsVariable} to another folder to keep databases elsewhere.";

    /// <summary>Where SQLite puts its temporary files: the first of these that exists.</summary>
    internal static string SqliteTemporary() =>
        (OperatingSystem.IsWindows()
            ? (string?[])[Path.GetTempPath()]
            : [Environment.GetEnvironmentVariable("SQLITE_TMPDIR"), Environment.GetEnvironmentVariable("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp"])
        .FirstOrDefault(Directory.Exists) ?? Environment.CurrentDirectory;

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };

    private static bool IsSame(string folder, string other) => Path.TrimEndingDirectorySeparator(folder) == Path.TrimEndingDirectorySeparator(other);
}
