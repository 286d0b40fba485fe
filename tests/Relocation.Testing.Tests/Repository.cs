using Xunit;

namespace Relocation.Testing.Tests;

/// <summary>Finds the repository's folders from where the tests run.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Fixture(params string[] path) => Path.Combine([Root, "fixtures", .. path]);

    /// <summary>A folder of real data beside the repository; without it the test is skipped at a desk and fails on a build server.</summary>
    internal static string SharedData(params string[] path)
    {
        var folder = Path.Combine([Root, "..", "shared", "data", .. path]);
        if (!Directory.Exists(folder))
        {
            var message = $"There is no real data at '{Path.GetFullPath(folder)}'.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", message);
            Assert.Skip(message);
        }

        return folder;
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
