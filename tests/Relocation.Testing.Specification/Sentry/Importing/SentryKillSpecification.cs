using System.Globalization;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>
/// Imports of the release snapshots that are killed (SIGKILL) at every chunk and at random statements, in one transaction and chunk by chunk,
/// and begun again, end like imports that were not killed.
/// </summary>
/// <remarks>All snapshots, each at 200 statements, where processes are killed everywhere; else two that are drawn, at 25. See <see cref="Extent"/>.</remarks>
/// <param name="engine">The engine.</param>
/// <param name="assembly">The test assembly, which runs imports when it is asked to.</param>
/// <param name="isResumable">Whether chunk by chunk; each way has a class of its own, so that both run at once.</param>
public abstract class SentryKillSpecification(DatabaseUnderTest engine, string assembly, bool isResumable) : IAsyncLifetime
{
    /// <summary>How many imports one process holds at their points, each in a database of its own.</summary>
    private const int ImportsAtOnce = 25;

    private const int Seed = 20_240_516;

    private static readonly IReadOnlyList<string> Releases = Extent.ToKill(
    [
        "releases/test_at_23_9_1", "releases/test_at_23_12_0", "releases/test_at_24_2_0", "releases/test_at_24_5_1", "releases/test_at_head_2024-05-16",
    ], sample: 2);

    /// <summary>At how many statements an import of each snapshot is killed.</summary>
    private static readonly int RandomStatements = Extent.IsKillEverywhere ? 200 : ImportsAtOnce;

    private readonly List<TestDatabase> _databases = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        while (_databases.Count < ImportsAtOnce)
        {
            _databases.Add(await engine.SentryImportAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Import_that_is_killed_at_every_chunk_ends_like_one_that_was_not()
    {
        foreach (var release in Releases)
        {
            var (whole, counted) = await UninterruptedAsync(release);
            var kills = 0;
            foreach (var chunks in Enumerable.Range(1, counted.Chunks).Chunk(ImportsAtOnce))
            {
                // What a killed import had committed is not done again: its next chunk is the first one that is counted.
                var killed = await KillAsync(release, chunks.Length, (import, index) => import with { Chunk = chunks[index] - CommittedBefore(chunks[index] - ImportsAtOnce) });
                Assert.DoesNotContain(false, killed);
                foreach (var (index, chunk) in chunks.Index())
                {
                    Assert.Equal(CommittedBefore(chunk), await CommittedAsync(_databases[index]));
                    kills++;
                }
            }

            await MustEndAsync(release, whole);
            Assert.True(counted.Chunks > 40, $"Only {counted.Chunks} chunks.");
            Assert.Equal(counted.Chunks, kills);
        }
    }

    [Fact]
    public async Task Import_that_is_killed_at_random_statements_ends_like_one_that_was_not()
    {
        var random = new Random(Seed);
        foreach (var release in Releases)
        {
            var (whole, counted) = await UninterruptedAsync(release);

            // What was not killed had fewer statements left: it has ended, and begins again.
            for (var kills = 0; kills < RandomStatements;)
            {
                var killed = await KillAsync(release, ImportsAtOnce, (import, _) => import with { Statement = random.Next(counted.Statements) + 1 });
                kills += killed.Count(isKilled => isKilled);
                foreach (var (index, isKilled) in killed.Index())
                {
                    if (!isKilled)
                    {
                        await MustEndAsync(_databases[index], release, whole);
                    }
                }
            }

            await MustEndAsync(release, whole);
        }
    }

    private int CommittedBefore(int chunk) => isResumable ? Math.Max(chunk - 1, 0) : 0;

    private Task<bool[]> KillAsync(string release, int count, Func<KilledImport, int, KilledImport> at) =>
        KilledProcess.KillAsync(assembly, [.. _databases.Take(count).Select((database, index) => at(Of(database, release), index))], Cancel);

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

    /// <summary>
    /// All imports begin again and end. Where they are one transaction, and have left each database as it was, one of them stands for all.
    /// </summary>
    private async Task MustEndAsync(string release, ImportedOnce whole)
    {
        foreach (var (index, database) in _databases.Index())
        {
            if (isResumable || index == 0)
            {
                await MustEndAsync(database, release, whole);
            }
            else
            {
                Assert.True(whole.RowsBefore == await engine.FingerprintAsync(database), $"{release}: a killed import left something.");
            }
        }
    }

    /// <summary>Begins an import again, which must end with the map and the rows of one that was not killed; then empties the database.</summary>
    private async Task MustEndAsync(TestDatabase database, string release, ImportedOnce whole)
    {
        var result = await Of(database, release).RunAsync(database.Engine, stop: null);

        Assert.True(whole.Map == result.Map.ToSnapshot(), $"{release} gives another map.");
        var found = await engine.FingerprintAsync(database);
        Assert.True(whole.Rows == found, $"{release} gives other rows. {FirstDifference(whole.Rows, found)}");
        await BeginAgainAsync(database);
    }

    private static async Task BeginAgainAsync(TestDatabase database)
    {
        await database.RunAsync("DROP TABLE IF EXISTS relocation_import; DROP TABLE IF EXISTS relocation_import_chunk");
        await database.ResetAsync(Cancel);
    }

    private static string FirstDifference(string expected, string found)
    {
        var at = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"'{expected.AsSpan(Math.Max(0, at - 200), Math.Min(400, expected.Length - Math.Max(0, at - 200)))}'";
    }

    private async Task<(ImportedOnce Whole, ImportStop Counted)> UninterruptedAsync(string release)
    {
        var database = _databases[0];
        var counted = ImportStop.Never();
        var rowsBefore = await engine.FingerprintAsync(database);
        var result = await Of(database, release).RunAsync(database.Engine, counted);
        Assert.Equal(isResumable ? counted.Chunks : 0, result.Records.CommittedChunks);
        var whole = new ImportedOnce(rowsBefore, result.Map.ToSnapshot(), await engine.FingerprintAsync(database));
        await BeginAgainAsync(database);
        return (whole, counted);
    }

    /// <summary>What an import that was not killed finds, and leaves behind.</summary>
    private sealed record ImportedOnce(string RowsBefore, string Map, string Rows);
}
