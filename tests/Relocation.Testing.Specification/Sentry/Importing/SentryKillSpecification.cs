using System.Globalization;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>
/// Imports of the release snapshots that are stopped at every chunk and at random statements, in one transaction and chunk by chunk, and
/// started again each time, end like imports that were not stopped.
/// </summary>
/// <remarks>
/// A process of its own that kills itself (SIGKILL) takes most of a second to start, so that one point in <see cref="KilledInOne"/> is stopped that
/// way, spread over snapshots and points; the others are stopped in this process, by the same <see cref="ImportStop"/>. In one transaction,
/// where all chunks are taken back alike, each snapshot is stopped at other chunks, and all of them together at every one. With the environment
/// variable <c>RELOCATION_KILL_EVERYWHERE</c> every chunk of every snapshot, and 200 statements of each, is a killed process.
/// </remarks>
/// <param name="engine">The engine.</param>
/// <param name="assembly">The test assembly, which runs an import when it is asked to.</param>
/// <param name="isResumable">Whether chunk by chunk; each way has a class of its own, so that both run at once.</param>
public abstract class SentryKillSpecification(DatabaseUnderTest engine, string assembly, bool isResumable)
{
    private const int KilledInOne = 8;
    private const int RandomStatements = 200;
    private const int Seed = 20_240_516;

    private static readonly string[] Releases =
    [
        "releases/test_at_23_9_1", "releases/test_at_23_12_0", "releases/test_at_24_2_0", "releases/test_at_24_5_1", "releases/test_at_head_2024-05-16",
    ];

    private static readonly bool KillsEverywhere = Environment.GetEnvironmentVariable("RELOCATION_KILL_EVERYWHERE") is { Length: > 0 };

    private int _points;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_that_is_killed_at_every_chunk_ends_like_one_that_was_not()
    {
        await using var database = await engine.SentryImportAsync();
        foreach (var (index, release) in Releases.Index())
        {
            var import = Of(database, release);
            var (map, rows, counted) = await UninterruptedAsync(database, import);
            await BeginAgainAsync(database);
            var points = 0;
            var step = isResumable || KillsEverywhere ? 1 : Releases.Length;
            for (var chunk = 1 + (index % step); chunk <= counted.Chunks; chunk += step, points++)
            {
                // A resumable import commits one chunk at each attempt but the first; one in a single transaction begins from the start.
                var stopped = import with { Chunk = isResumable ? Math.Min(chunk, 2) : chunk };

                Assert.True(await IsStoppedAsync(database, stopped), $"{stopped} was not stopped.");

                Assert.Equal(isResumable ? chunk - 1 : 0, await CommittedAsync(database));
            }

            await MustEndAsync(database, import, map, rows);
            Assert.True(counted.Chunks > 40, $"Only {counted.Chunks} chunks.");
            Assert.Equal(isResumable ? await CommittedAsync(database) : (counted.Chunks - 1 - (index % step) + step) / step, points);
        }
    }

    [Fact]
    public async Task Import_that_is_killed_at_random_statements_ends_like_one_that_was_not()
    {
        await using var database = await engine.SentryImportAsync();
        var random = new Random(Seed);
        foreach (var release in Releases)
        {
            var import = Of(database, release);
            var (map, rows, counted) = await UninterruptedAsync(database, import);
            await BeginAgainAsync(database);
            for (var point = 0; point < (KillsEverywhere ? RandomStatements : RandomStatements / Releases.Length);)
            {
                if (await IsStoppedAsync(database, import with { Statement = random.Next(counted.Statements) + 1 }))
                {
                    point++;
                }
                else
                {
                    // What was left had fewer statements: the import has ended.
                    await MustEndAsync(database, import, map, rows);
                    await BeginAgainAsync(database);
                }
            }

            await MustEndAsync(database, import, map, rows);
        }
    }

    private KilledImport Of(TestDatabase database, string release) =>
        new(database.ConnectionString, Repository.Shared("data", "sentry", $"{release}.json"), isResumable, Chunk: 0, Statement: 0);

    /// <summary>How many chunks are committed, those of the import's beginning and end included.</summary>
    private static async Task<int> CommittedAsync(TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await connection.TextAsync($"SELECT count(*) FROM {LedgerTables(database.Engine)} WHERE name = 'relocation_import_chunk'") == "0"
            ? 0
            : int.Parse(await connection.TextAsync("SELECT count(*) FROM relocation_import_chunk"), CultureInfo.InvariantCulture);
    }

    private static string LedgerTables(DatabaseEngine engine) =>
        engine.Name == "SQLite" ? "sqlite_schema" : "(SELECT relname AS name FROM pg_class) AS c";

    private static async Task BeginAgainAsync(TestDatabase database)
    {
        await database.RunAsync("DROP TABLE IF EXISTS relocation_import; DROP TABLE IF EXISTS relocation_import_chunk");
        await database.ResetAsync(Cancel);
    }

    private async Task<bool> IsStoppedAsync(TestDatabase database, KilledImport import)
    {
        if (KillsEverywhere || _points++ % KilledInOne == 0)
        {
            return await import.IsKilledAsync(assembly, Cancel);
        }

        return await Record.ExceptionAsync(() => import.RunAsync(database.Engine, import.Stop(act: null))) switch
        {
            null => false,
            ImportStoppedException => true,
            var other => throw new InvalidOperationException($"{import} failed.", other),
        };
    }

    private async Task MustEndAsync(TestDatabase database, KilledImport import, string map, string rows)
    {
        var result = await import.RunAsync(database.Engine, stop: null);

        Assert.True(map == result.Map.ToSnapshot(), $"{import} gives another map.");
        var found = await engine.FingerprintAsync(database);
        Assert.True(rows == found, $"{import} gives other rows. {FirstDifference(rows, found)}");
    }

    private static string FirstDifference(string expected, string found)
    {
        var at = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"'{expected.AsSpan(Math.Max(0, at - 200), Math.Min(400, expected.Length - Math.Max(0, at - 200)))}'";
    }

    private async Task<(string Map, string Rows, ImportStop Counted)> UninterruptedAsync(TestDatabase database, KilledImport import)
    {
        await BeginAgainAsync(database);
        var counted = ImportStop.Never();
        var result = await import.RunAsync(database.Engine, counted);
        Assert.Equal(import.IsResumable ? counted.Chunks : 0, result.Records.CommittedChunks);
        return (result.Map.ToSnapshot(), await engine.FingerprintAsync(database), counted);
    }
}
