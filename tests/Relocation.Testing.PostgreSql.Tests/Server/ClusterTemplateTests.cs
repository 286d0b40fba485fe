using System.Diagnostics;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>The first start on a machine: the cluster that all servers are copied from is made by whoever comes first, and may be killed.</summary>
[Case("load/cold-cache")]
public sealed class ClusterTemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cold-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Cache => Path.Combine(_folder, "postgres");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Process_that_is_killed_spoils_nothing_though_its_initdb_goes_on()
    {
        // The first one to come waits until it is let go; its process is killed meanwhile.
        var binaries = await MakeAsync($"""
            if mkdir {_folder}/first 2>/dev/null; then
                echo $$ >{_folder}/started
                while [ ! -e {_folder}/go ]; do sleep 0.02; done
            fi
            """);
        var start = new ProcessStartInfo("dotnet", [typeof(ClusterTemplateTests).Assembly.Location])
        {
            Environment =
            {
                [HeldServer.Report] = Path.Combine(_folder, "report"),
                [PostgreSqlEnvironment.Cache] = _folder,
                [PostgreSqlEnvironment.Binaries] = binaries.Folder,
            },
        };
        using var host = HostProcess.Start(start);
        var started = Path.Combine(_folder, "started");
        await Eventually.HoldsAsync(() => File.Exists(started) && File.ReadAllText(started).EndsWith('\n'));
        using var orphan = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(started, Cancel), System.Globalization.CultureInfo.InvariantCulture));
        host.Kill(entireProcessTree: false);
        await host.WaitForExitAsync(Cancel);

        var template = await GetAsync(binaries);

        var made = Content(template);
        Assert.Contains("PG_VERSION", made.Keys);
        await File.WriteAllTextAsync(Path.Combine(_folder, "go"), string.Empty, Cancel);
        await orphan.WaitForExitAsync(Cancel);
        Assert.Equal(made, Content(template));
        Assert.Equal(template, await GetAsync(binaries));
        Assert.Equal([template], Directory.GetDirectories(Cache));
    }

    [Fact]
    public async Task Whoever_loses_the_race_uses_what_the_winner_has_made()
    {
        var binaries = await MakeAsync("""
            for folder; do case $folder in */cluster-*) break ;; esac; done
            mkdir "${folder%.new-*}" && echo winner >"${folder%.new-*}/PG_VERSION"
            """);

        var template = await GetAsync(binaries);

        Assert.Equal("winner\n", await File.ReadAllTextAsync(Path.Combine(template, "PG_VERSION"), Cancel));
        Assert.Equal([template], Directory.GetDirectories(Cache));
    }

    [Fact]
    public async Task Nothing_is_left_where_initdb_fails_and_the_next_start_tries_again()
    {
        var binaries = await MakeAsync($"if mkdir {_folder}/first 2>/dev/null; then echo broken >&2; exit 3; fi");

        var refusal = await Assert.ThrowsAsync<PostgreSqlUnavailableException>(() => GetAsync(binaries));

        Assert.Contains("failed with exit code 3:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("broken", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Cache));
        Assert.True(Directory.Exists(await GetAsync(binaries)));
    }

    [Fact]
    public async Task Folder_that_cannot_be_used_is_named_with_what_chooses_another()
    {
        var binaries = PostgreSqlServerTests.RequirePrograms();
        var account = ServerAccount.Choose(Environment.IsPrivilegedProcess, File.ReadLines("/etc/passwd"))!;
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, string.Empty, Cancel);

        var cache = await Assert.ThrowsAsync<PostgreSqlUnavailableException>(() => ClusterTemplate.GetAsync(binaries, account, Path.Combine(file, "postgres"), Cancel));
        var folder = Assert.Throws<PostgreSqlUnavailableException>(() => ServerFolder.In(new ServerRoom(Path.Combine(_folder, "missing"), "it is", 0)));

        Assert.StartsWith($"The folder '{file}/postgres', which keeps what servers are copied from, cannot be used: ", cache.Message, StringComparison.Ordinal);
        Assert.Contains("Let RELOCATION_CACHE lead to", cache.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The folder '{_folder}/missing' cannot be used for a throw-away PostgreSQL server: ", folder.Message, StringComparison.Ordinal);
        Assert.Contains("Let TMPDIR lead to", folder.Message, StringComparison.Ordinal);
    }

    /// <summary>The machine's programs, with something that <c>initdb</c> does before its work.</summary>
    private async Task<PostgreSqlBinaries> MakeAsync(string before)
    {
        var real = PostgreSqlServerTests.RequirePrograms();

        // The account of the server writes here too.
        Directory.CreateDirectory(Cache);
        var programs = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "postgres"), real.Postgres);
        var initdb = Path.Combine(programs, "initdb");
        await File.WriteAllTextAsync(initdb, $"#!/bin/sh\n{before}\nexec {real.Initdb} \"$@\"\n", Cancel);
        await ShellCommand.RunAsync(["chmod", "777", _folder, Cache, initdb], Cancel);
        return PostgreSqlBinaries.Find(programs, null, Cache, out _)!;
    }

    private Task<string> GetAsync(PostgreSqlBinaries binaries) => ClusterTemplate.GetAsync(
        binaries, ServerAccount.Choose(Environment.IsPrivilegedProcess, File.ReadLines("/etc/passwd"))!, Cache, Cancel);

    private static Dictionary<string, long> Content(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => new FileInfo(file).Length);
}
