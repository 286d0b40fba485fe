namespace Relocation.Testing.Specification;

/// <summary>Finds the repository's files from where the tests run.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Fixture(params string[] path) => Path.Combine([Root, "fixtures", .. path]);

    internal static string Golden(string name) => Fixture("golden", $"{name}.verified.txt");

    /// <summary>Real backups beside the repository; without them the test is skipped at a desk and fails on a build server.</summary>
    internal static string Real(params string[] path)
    {
        var file = Path.Combine([Root, "..", "shared", "data", "sentry", .. path]);
        if (!Path.Exists(file))
        {
            var message = $"NOT CHECKED against real backups, because '{Path.GetFullPath(file)}' is missing.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", message);
            Assert.Skip(message);
        }

        return file;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Relocation.Testing.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Relocation.Testing.sln.");
    }
}
