using System.Diagnostics;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>Runs a test program as a process of its own.</summary>
internal static class TestProgram
{
    /// <summary>A PostgreSQL server that does not answer: port 1 is reserved, and nothing listens there.</summary>
    internal const string NoServer = "Host=127.0.0.1;Port=1;Username=nobody";

    /// <summary>What a process needs anywhere. All else is left out, build servers' variables above all.</summary>
    private static readonly string[] KeptVariables =
        ["PATH", "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "SystemRoot", "DOTNET_ROOT", "LANG", "LD_LIBRARY_PATH"];

    /// <summary>Runs a project of the folder <c>tests</c> that is built as this one is.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="assembly">The assembly's name.</param>
    /// <param name="variables">Its environment variables, besides those that every process needs.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static async Task<TestRun> RunAsync(
        string folder, string assembly, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments)
    {
        var program = Find(folder, assembly);
        return await RunAsync([program, .. arguments, "--no-ansi", "--no-progress", "--output", "Detailed"], program, variables);
    }

    /// <summary>Runs a project of the folder <c>tests</c> by VSTest, which xUnit v2 needs, and reads its report.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="assembly">The assembly's name.</param>
    /// <param name="variables">Its environment variables, besides those that every process needs.</param>
    /// <param name="results">The folder of the report.</param>
    /// <param name="arguments">VSTest's arguments.</param>
    internal static async Task<TestRun> RunByVSTestAsync(
        string folder, string assembly, IReadOnlyDictionary<string, string> variables, string results, params IEnumerable<string> arguments)
    {
        var program = Find(folder, assembly);
        var run = await RunAsync(
            ["vstest", program, "--logger:trx;LogFileName=report.trx", $"--ResultsDirectory:{results}", .. arguments], program, variables);
        return VSTestReport.Read(run, Path.Combine(results, "report.trx"));
    }

    private static string Find(string folder, string assembly)
    {
        var build = Path.GetRelativePath(Path.Combine(Folder, "bin"), AppContext.BaseDirectory);
        var program = Path.Combine(Folder, "..", folder, "bin", build, $"{assembly}.dll");
        Assert.True(File.Exists(program), $"'{program}' is not built.");
        return program;
    }

    private static Task<TestRun> RunAsync(IEnumerable<string> arguments, string program, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        var environment = KeptVariables.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name)))
            .Where(variable => variable.Value is not null).Concat(variables.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)));
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["DiffEngine_Disabled"] = "true";
        return RunAsync(start);
    }

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !folder.EnumerateFiles("*.csproj").Any())
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }
    }

    private static async Task<TestRun> RunAsync(ProcessStartInfo start)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started.");
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new TestRun(process.ExitCode, await output + await errors);
    }
}
