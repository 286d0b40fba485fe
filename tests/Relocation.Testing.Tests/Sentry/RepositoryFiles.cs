using System.Text.Json;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

/// <summary>Files of the repository, and of the directory beside it that holds what the catalogue was made from.</summary>
internal static class RepositoryFiles
{
    internal static readonly string Root = FindRoot();

    internal static string Fixture(string name) => Path.Combine(Root, "fixtures", "sentry", name);

    /// <summary>A file or directory beside the repository. Without it the test is skipped, or fails where CI is true.</summary>
    internal static string Shared(params string[] parts)
    {
        var path = Path.Combine([Root, "..", "shared", .. parts]);
        var isThere = File.Exists(path) || Directory.Exists(path);
        var isServer = Environment.GetEnvironmentVariable("CI") == "true";
        Assert.False(!isThere && isServer, $"'{path}' is missing, so Sentry's catalogue is not checked against its source.");
        Assert.SkipUnless(isThere, $"NOT CHECKED against its source: Sentry's catalogue, because '{path}' is missing.");
        return path;
    }

    internal static JsonDocument Read(string path) => JsonDocument.Parse(File.ReadAllText(path));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Relocation.Testing.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
