using System.Diagnostics;

namespace Relocation.Testing.Specification.Databases;

/// <summary>What many parallel tests leave behind, in a process of their own: when they end, and when they are killed.</summary>
/// <param name="engine">The engine.</param>
/// <param name="assembly">The test assembly, which is a host of such tests when it is asked to be.</param>
public abstract class LeftoverSpecification(DatabaseUnderTest engine, string assembly)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parallel_tests_leave_nothing_behind_but_the_kept_database()
    {
        using var folder = new HostFolder();
        var before = await engine.LeftoversAsync(folder.Temporary);

        using var host = Start(folder, failing: 7);
        await host.WaitForExitAsync(Cancel);

        Assert.Equal(0, host.ExitCode);
        Assert.Equal(LeasingHost.Tests, File.ReadAllLines(folder.Report).Distinct().Count());
        Assert.Equal(before, await engine.LeftoversAsync(folder.Temporary));
        var message = await File.ReadAllTextAsync(folder.Report + ".kept", Cancel);
        var file = Directory.Exists(folder.Kept) ? Directory.GetFiles(folder.Kept).Single() : null;
        await using (var kept = await engine.OpenKeptAsync(new KeptDatabase(message, file)))
        {
            Assert.Equal("baseline\ntest 7", await kept.TextAsync("SELECT name FROM item ORDER BY id"));
        }

        await engine.RemoveKeptAsync(folder.Kept);
    }

    [Fact]
    public async Task Next_run_removes_what_a_killed_one_has_left_and_spares_the_living()
    {
        using var folder = new HostFolder();
        using var livingFolder = new HostFolder(folder.Temporary);
        var before = await engine.LeftoversAsync(folder.Temporary);
        using var parent = OperatingSystem.IsWindows() ? null : Process.Start("sleep", "600");
        using var living = Start(livingFolder, failing: null, parent);
        using var killed = Start(folder, failing: null);
        var alive = await PlacesAsync(livingFolder, living);
        var dead = await PlacesAsync(folder, killed);
        killed.Kill(entireProcessTree: true);
        await killed.WaitForExitAsync(Cancel);
        Assert.Equal(LeasingHost.Tests, dead.Distinct().Count());
        foreach (var place in dead)
        {
            Assert.True(await engine.ExistsAsync(place), place);
        }

        File.Delete(folder.Report);

        using var next = Start(folder, failing: 0);
        await next.WaitForExitAsync(Cancel);

        Assert.Equal(0, next.ExitCode);
        foreach (var place in dead)
        {
            Assert.False(await engine.ExistsAsync(place), place);
        }

        foreach (var place in alive)
        {
            Assert.True(await engine.ExistsAsync(place), place);
        }

        // A host ends with the process that started it, without being told.
        (parent ?? living).Kill();
        await living.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        File.Delete(folder.Report);
        using var last = Start(folder, failing: 0);
        await last.WaitForExitAsync(Cancel);
        Assert.Equal(before, await engine.LeftoversAsync(folder.Temporary));
        await engine.RemoveKeptAsync(folder.Kept);
    }

    private static async Task<string[]> PlacesAsync(HostFolder folder, Process host)
    {
        for (var attempt = 0; attempt < 1_200; attempt++)
        {
            if (File.Exists(folder.Report) && await File.ReadAllLinesAsync(folder.Report, Cancel) is { Length: LeasingHost.Tests } places)
            {
                return places;
            }

            Assert.False(host.HasExited, "The host has ended.");

            // The host is to be killed at any moment, so it may not wait for us: its report is all there is.
            await Task.Delay(100, Cancel);
        }

        throw new TimeoutException("The host did not lease its databases within two minutes.");
    }

    private Process Start(HostFolder folder, int? failing, Process? parent = null)
    {
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            Environment =
            {
                [LeasingHost.Report] = folder.Report,
                [LeasingHost.Ends] = failing?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["TMPDIR"] = folder.Temporary,
                ["TEMP"] = folder.Temporary,
                ["TMP"] = folder.Temporary,
                ["RELOCATION_ARTIFACTS"] = folder.Artifacts,
            },
        };
        foreach (var (name, value) in engine.HostVariables)
        {
            start.Environment[name] = value;
        }

        return HostProcess.Start(start, parent);
    }
}
