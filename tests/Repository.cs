namespace Relocation.Testing;

/// <summary>Finds the repository's files from where the tests run. Compiled into each project that reads them.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Fixture(params string[] path) => Path.Combine([Root, "fixtures", .. path]);

    internal static string Golden(string name) => Fixture("golden", $"{name}.verified.txt");

    /// <summary>
    /// Real backups and the specification's data lie beside the repository, in <c>../shared</c>. Where that folder is missing the
    /// test is skipped, and the test command says so; where it is there, a missing file is a failure.
    /// </summary>
    internal static string Shared(params string[] path)
    {
        var shared = Path.GetFullPath(Path.Combine(Root, "..", "shared"));
        Xunit.Assert.SkipUnless(Directory.Exists(shared), "NOT CHECKED against real data, because there is no folder '../shared' beside the repository.");
        var found = Path.Combine([shared, .. path]);
        Xunit.Assert.True(Path.Exists(found), $"'../shared' lacks '{string.Join('/', path)}'.");
        return found;
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
