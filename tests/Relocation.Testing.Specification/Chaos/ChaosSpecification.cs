using System.Diagnostics;
using System.Globalization;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Chaos;

/// <summary>
/// Disorderly tests in four processes, some of which end themselves, while the server is restarted: no good test fails that was not in flight then,
/// none sees a wrong baseline, every bad one is named, and nothing is left.
/// </summary>
/// <remarks>With the environment variable <c>RELOCATION_CHAOS_TESTS</c> as many tests as it says, else a sample.</remarks>
/// <param name="assembly">The test assembly, which is a host of such tests when it is asked to be.</param>
public abstract class ChaosSpecification(string assembly)
{
    private const int Processes = 4;


    /// <summary>Tests whose turn had come when their process ended, and that had written nothing yet.</summary>
    private int _unbegun;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How often the server is restarted; not where there is none.</summary>
    protected virtual int Restarts => 0;

    /// <summary>How many tests are run, if nobody says otherwise.</summary>
    protected virtual int Sample => 160;

    /// <summary>What runs an assembly, which is to follow.</summary>
    protected virtual IReadOnlyList<string> Command => ["dotnet"];

    /// <summary>Where the room is small, or null where it is not.</summary>
    protected virtual string? SmallPlace => null;

    private int Tests => int.TryParse(
        Environment.GetEnvironmentVariable("RELOCATION_CHAOS_TESTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var tests) ? tests : Sample;

    /// <summary>The engine.</summary>
    protected abstract DatabaseUnderTest Engine { get; }

    [Fact]
    public async Task Bad_tests_harm_nobody_else()
    {
        using var folder = new HostFolder();
        var before = await Engine.LeftoversAsync(folder.Temporary);
        var seed = Random.Shared.Next(1, 10_000);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {Tests} tests"));
        List<(long From, long To)> restarts = [];
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var hosts = Enumerable.Range(0, Processes).Select(number => RunAsync(folder, number, seed)).ToList();
        var restarting = RestartAsync(folder, restarts, ended.Token);
        await Task.WhenAll(hosts);
        await ended.CancelAsync();
        await restarting;

        var entries = Directory.GetFiles(Path.GetDirectoryName(folder.Report)!, "report-*.journal").SelectMany(File.ReadLines).Select(ChaosEntry.Parse).ToList();
        var tests = entries.Where(entry => entry.Outcome != ChaosOutcome.Heard).GroupBy(entry => entry.Test).Select(group => group.Last()).ToList();
        var bad = tests.Where(test => test.Deed is not null).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", tests.CountBy(test => $"{test.Deed?.ToString() ?? "good"} {test.Outcome}").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value.ToString(CultureInfo.InvariantCulture)}")));
        foreach (var unnamed in bad.Where(test => test.Outcome is ChaosOutcome.Unnamed or ChaosOutcome.Failed))
        {
            TestContext.Current.TestOutputHelper!.WriteLine(unnamed.ToString());
        }

        Assert.Equal(Tests, tests.Count + _unbegun);
        Assert.Empty(tests.Where(test => test.Outcome is ChaosOutcome.Wrong or ChaosOutcome.Accused));

        // What is no more than begun was in flight in a process that was ended.
        Assert.Empty(bad.Where(test => test.Outcome is not (ChaosOutcome.Named or ChaosOutcome.Begun) && !InFlight(test, restarts)));
        Assert.Empty(tests.Where(test => test is { Deed: null, Outcome: ChaosOutcome.Failed } && !InFlight(test, restarts)));
        Assert.InRange(bad.Count, (Tests / ChaosHost.OneIn) - _unbegun, Tests / ChaosHost.OneIn);

        // One more process sweeps what those have left that were ended, and is told of them.
        await SweepAsync(folder);
        var told = string.Join(' ', entries.Concat(File.ReadLines(Last(folder)).Select(ChaosEntry.Parse))
            .Where(entry => entry.Outcome == ChaosOutcome.Heard).Select(entry => entry.Text));
        Assert.Empty(bad.Where(test => test is { Deed: BadDeed.EndProcess, Outcome: ChaosOutcome.Begun, Leased: not null }
            && !told.Contains($"'{ChaosHost.NameOf(test.Test)}'", StringComparison.Ordinal)));
        await Engine.SweepAsync();
        Assert.Equal(before, await Engine.LeftoversAsync(folder.Temporary));
    }

    /// <summary>Restarts the server.</summary>
    protected virtual Task RestartAsync() => Task.CompletedTask;

    private static bool InFlight(ChaosEntry test, List<(long From, long To)> restarts) =>
        test.Leased is { } leased && restarts.Exists(restart => leased < restart.To && test.Ended > restart.From);

    /// <summary>Runs a share of the tests, in another process where one was ended.</summary>
    private async Task RunAsync(HostFolder folder, int number, int seed)
    {
        var (next, end) = (Tests / Processes * number, Tests / Processes * (number + 1));
        for (var life = 0; next < end; life++)
        {
            var journal = $"{folder.Report}-{number.ToString(CultureInfo.InvariantCulture)}-{life.ToString("000", CultureInfo.InvariantCulture)}.journal";
            using var host = Start(folder, journal, next, end, seed);
            await host.WaitForExitAsync(Cancel);
            if (host.ExitCode == 0)
            {
                return;
            }

            var done = File.Exists(journal) ? File.ReadLines(journal).Select(ChaosEntry.Parse).Where(entry => entry.Outcome != ChaosOutcome.Heard).ToList() : [];
            Assert.True(
                done.Exists(entry => entry.Deed == BadDeed.EndProcess),
                $"A process ended that should not have: {host.ExitCode.ToString(CultureInfo.InvariantCulture)}. {await host.StandardError.ReadToEndAsync(Cancel)}");

            // Those that were in flight in a process that was ended are no more told about than begun.
            var first = next;
            next = done.Max(entry => entry.Test) + 1;
            Interlocked.Add(ref _unbegun, next - first - done.DistinctBy(entry => entry.Test).Count());
        }
    }

    private async Task RestartAsync(HostFolder folder, List<(long From, long To)> restarts, CancellationToken ended)
    {
        for (var restart = 1; restart <= Restarts; restart++)
        {
            while (Done(folder) < Tests * restart / (Restarts + 1))
            {
                try
                {
                    await Task.Delay(20, ended);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }

            var from = Stopwatch.GetTimestamp();
            await RestartAsync();
            restarts.Add((from, Stopwatch.GetTimestamp()));
        }
    }

    private static int Done(HostFolder folder)
    {
        var done = 0;
        foreach (var journal in Directory.GetFiles(Path.GetDirectoryName(folder.Report)!, "report-*.journal"))
        {
            using var reader = new StreamReader(new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (reader.ReadLine() is { } line)
            {
                done += line.Contains("\tBegun\t", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        return done;
    }

    private static string Last(HostFolder folder) => Path.Combine(Path.GetDirectoryName(folder.Report)!, "last.journal");

    private async Task SweepAsync(HostFolder folder)
    {
        using var host = Start(folder, Last(folder), Tests, Tests + 1, seed: ChaosHost.OneIn + 1);
        await host.WaitForExitAsync(Cancel);
        Assert.Equal(0, host.ExitCode);
    }

    private Process Start(HostFolder folder, string journal, int first, int end, int seed)
    {
        var start = new ProcessStartInfo(Command[0], [.. Command.Skip(1), assembly])
        {
            RedirectStandardError = true,
            Environment =
            {
                [ChaosHost.Journal] = journal,
                [ChaosHost.Range] = string.Create(CultureInfo.InvariantCulture, $"{first} {end} {seed} 16"),
                ["TMPDIR"] = folder.Temporary,
                ["TEMP"] = folder.Temporary,
                ["TMP"] = folder.Temporary,
                ["RELOCATION_ARTIFACTS"] = folder.Artifacts,
            },
        };
        if (SmallPlace is { } place)
        {
            start.Environment[ChaosHost.SmallPlace] = place;
        }

        foreach (var (name, value) in Engine.HostVariables)
        {
            start.Environment[name] = value;
        }

        return HostProcess.Start(start);
    }
}
