using System.Text;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>One run of an inner program as on a build server; it serves all tests of a class.</summary>
public abstract class InnerRun(string framework) : IAsyncLifetime
{
    private readonly DirectoryInfo _artifacts = Directory.CreateTempSubdirectory("relocation-artifacts-");

    internal string ArtifactsFolder => _artifacts.FullName;

    internal TestRun Result { get; private set; } = new(-1, "The program was not run.");

    public async ValueTask InitializeAsync() => Result = await TestProgram.RunAsync(
        Path.Combine("Inner", framework),
        $"Relocation.Testing.Inner.{framework}",
        new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["RELOCATION_ARTIFACTS"] = _artifacts.FullName,
            ["RELOCATION_TEST_POSTGRES"] = TestProgram.NoServer,
        },
        "--results-directory",
        Path.Combine(_artifacts.FullName, "results"));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _artifacts.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The text of a file in the artifacts folder, and its path.</summary>
    internal (string Path, string Text) Artifact(string name)
    {
        var path = Path.Combine(_artifacts.FullName, "tests", "Inner", framework, name);
        return (path, File.ReadAllText(path));
    }

    /// <summary>The bytes of the database that was kept of a failed test, as text, and its path.</summary>
    internal (string Path, string Content) KeptDatabase(string test)
    {
        var path = Assert.Single(KeptDatabases(test));
        return (path, File.ReadAllText(path, Encoding.Latin1));
    }

    /// <summary>The databases that were kept of a test.</summary>
    internal IEnumerable<string> KeptDatabases(string test) =>
        Directory.EnumerateFiles(Path.Combine(_artifacts.FullName, "databases"), $"{test}-*.db");
}
