using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Cli.Tests;

/// <summary>A folder of one test, and the tool as a process in it: one that tests share, or one of its own.</summary>
public sealed class Workplace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("relocation-cli-").FullName;

    /// <summary>The assembly of the shop's context, as a user would give it.</summary>
    public static string ShopAssembly => typeof(ShopContext).Assembly.Location;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Fixture(string path) => RepositoryFile(Path.Combine("fixtures", path));

    public static string RepositoryFile(string path) => Path.Combine(Testing.Repository.Root, path);

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public Task<Outcome> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs the tool to its end, in a process that has carried out runs of other tests before.</summary>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs, or null for the test's own folder.</param>
    public Task<Outcome> RunAsync(string? input, string[] arguments, string? folder = null) => ToolProcess.IsShared
        ? ToolProcess.RunAsync(input, arguments, folder ?? Folder, Token)
        : RunAloneAsync(input, arguments, folder);

    /// <summary>Runs the tool to its end as a process that is only for this run.</summary>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs, or null for the test's own folder.</param>
    public async Task<Outcome> RunAloneAsync(string? input, string[] arguments, string? folder = null)
    {
        using var process = Start(arguments, folder ?? Folder);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        return new Outcome(process.ExitCode, Lines(await output), Lines(await error));
    }

    /// <summary>Runs the tool with the arguments of a line: words, some of them in quotes, and <c>$SHOP</c> for the shop's assembly.</summary>
    public Task<Outcome> LineAsync(string line) => RunAsync(
        [.. Regex.Matches(line, """["']([^"']*)["']|(\S+)""").Select(word => word.Groups[1].Value + word.Groups[2].Value)
            .Select(word => word.Replace("$SHOP", ShopAssembly, StringComparison.Ordinal))]);

    /// <summary>Runs a line of a shell in which <c>relocation</c> is the tool, for what only a shell can do to a process's streams.</summary>
    public async Task<Outcome> ShellAsync(string line)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"relocation() {{ \"$DOTNET\" \"$TOOL\" \"$@\"; }}; {line}");
        Prepare(start);
        start.Environment["DOTNET"] = Dotnet;
        start.Environment["TOOL"] = Tool;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return new Outcome(process.ExitCode, Lines(await output), Lines(await error));
    }

    /// <summary>Starts the tool; the caller reads, ends and disposes it.</summary>
    public Process Start(params string[] arguments) => Start(arguments, Folder);

    public long Scalar(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf(database)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal static ProcessStartInfo StartInfo(string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(Dotnet)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Tool);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Prepare(start);
        return start;
    }

    internal static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static Process Start(string[] arguments, string folder) => Process.Start(StartInfo(arguments, folder))!;

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Tool => Path.Combine(AppContext.BaseDirectory, "relocation.dll");

    private static void Prepare(ProcessStartInfo start)
    {
        // Received files lie beside the approved ones, as on a developer's machine, but without a diff tool.
        start.Environment["DiffEngine_Disabled"] = "true";
        foreach (var variable in new[] { "CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "TEAMCITY_VERSION", "JENKINS_URL" })
        {
            start.Environment.Remove(variable);
        }
    }
}
