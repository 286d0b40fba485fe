using System.Text;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>One run of an inner program as on a build server; it serves all tests of a class.</summary>
/// <param name="framework">The folder of the program's tests.</param>
/// <param name="version">What follows in the program's own name, where it runs those tests with another version.</param>
public abstract class InnerRun(string framework, string version = "") : IAsyncLifetime
{
    private readonly DirectoryInfo _artifacts = Directory.CreateTempSubdirectory("relocation-artifacts-");

    internal string ArtifactsFolder => _artifacts.FullName;

    internal TestRun Result { get; private set; } = new(-1, "The program was not run.");

    public async ValueTask InitializeAsync() => Result = await RunAsync(
        Path.Combine("Inner", framework + version),
        $"Relocation.Testing.Inner.{framework}{version}",
        new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["RELOCATION_ARTIFACTS"] = _artifacts.FullName,
            ["RELOCATION_TEST_POSTGRES"] = TestProgram.NoServer,
        },
        Path.Combine(_artifacts.FullName, "results"));

    /// <summary>Runs the program.</summary>
    internal virtual Task<TestRun> RunAsync(string folder, string assembly, IReadOnlyDictionary<string, string> variables, string results) =>
        TestProgram.RunAsync(folder, assembly, variables, "--results-directory", results);

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
        Directory.EnumerateFiles(_artifacts.FullName, $"{test}-*.db", SearchOption.AllDirectories);
}
