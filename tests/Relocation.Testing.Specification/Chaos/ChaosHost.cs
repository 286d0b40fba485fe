using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Chaos;

/// <summary>A process of many small tests beside each other, some of which are bad in a drawn way.</summary>
public static class ChaosHost
{
    /// <summary>One test in so many is bad.</summary>
    public const int OneIn = 20;

    /// <summary>The environment variable that asks for it: the file into which each test is written.</summary>
    public const string Journal = "RELOCATION_TEST_CHAOS";

    /// <summary>The environment variable that holds the first test, the one after the last, the seed, and how many run at a time.</summary>
    public const string Range = "RELOCATION_TEST_CHAOS_RANGE";

    /// <summary>The environment variable that says where the room is small; without it, databases are told that there is none.</summary>
    public const string SmallPlace = "RELOCATION_TEST_CHAOS_SMALL";

    private const string Seed = "INSERT INTO item (name) VALUES ('a'), ('b'), ('c'); INSERT INTO line VALUES (1, 'x'), (2, 'y')";

    private static readonly ConcurrentQueue<object> Open = [];

    private static readonly ConcurrentQueue<string> Logged = [];

    /// <summary>Whether that is what the process is for.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable(Journal) is { Length: > 0 };

    /// <summary>Runs the tests that were asked for.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="missing">What it has no way to do.</param>
    public static async Task RunAsync(DatabaseUnderTest engine, params IReadOnlyList<BadDeed> missing)
    {
        HostProcess.EndWithParent();
        var journal = Environment.GetEnvironmentVariable(Journal)!;
        var range = Environment.GetEnvironmentVariable(Range)!.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        ThreadPool.SetMinThreads(range[3] * 2, range[3]);
        await RunAsync(engine, journal, range[0], range[1], range[2], range[3], missing);
    }

    /// <summary>What a test does, the same whenever it is drawn.</summary>
    internal static BadDeed? Draw(int seed, int test, IReadOnlyList<BadDeed> missing)
    {
        if ((test + seed) % OneIn != OneIn / 2)
        {
            return null;
        }

        var deeds = Enum.GetValues<BadDeed>().Except(missing).ToArray();
        return deeds[((test + seed) / OneIn) % deeds.Length];
    }

    internal static string NameOf(int test) => string.Create(CultureInfo.InvariantCulture, $"Chaos {test}");

    private static async Task RunAsync(
        DatabaseUnderTest engine, string journal, int first, int end, int seed, int atOnce, IReadOnlyList<BadDeed> missing)
    {
        await using var lines = new StreamWriter(new FileStream(journal, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        void Write(ChaosEntry entry)
        {
            lock (lines)
            {
                lines.WriteLine(entry.Line);
            }
        }

        // The first lease, which is nobody's, hears of the tests of ended processes.
        var (baseline, expected) = await StartAsync(engine, atOnce);
        foreach (var told in Logged.Where(line => line.StartsWith("A process ended", StringComparison.Ordinal)))
        {
            Write(new ChaosEntry(first, null, null, Stopwatch.GetTimestamp(), ChaosOutcome.Heard, told));
        }

        await Parallel.ForAsync(first, end, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (test, cancel) =>
        {
            Write(await RunAsync(engine, baseline, expected, test, Draw(seed, test, missing), Write, cancel));
        });
        await baseline.DisposeAsync();
    }

    /// <summary>Makes the baseline, and says what each test must see; the server may be restarted just then.</summary>
    private static async Task<(SharedBaseline Baseline, string Expected)> StartAsync(DatabaseUnderTest engine, int atOnce)
    {
        for (var attempt = 1; ; attempt++)
        {
            var baseline = Make(engine, atOnce);
            try
            {
                await baseline.StartAsync();
                await using var lease = await baseline.LeaseAsync();
                return (baseline, await engine.FingerprintAsync(lease.Database));
            }
            catch (Exception exception) when (exception is DbException or RelocationException && attempt < 10)
            {
                await baseline.DisposeAsync();
                await Task.Delay(1_000);
            }
        }
    }

    private static SharedBaseline Make(DatabaseUnderTest engine, int atOnce) => new(cancel => TestDatabase.CreateAsync(
        new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(
                    $"CREATE TABLE item (id {engine.CountedKey}, name text UNIQUE); CREATE TABLE line (id int PRIMARY KEY, text text);")),
                Seed = (connection, _) => connection.RunAsync(Seed),
                MaxDatabases = atOnce,
                Log = Logged.Enqueue,
            },
            cancel));

    private static async Task<ChaosEntry> RunAsync(
        DatabaseUnderTest engine, SharedBaseline baseline, string expected, int test, BadDeed? deed, Action<ChaosEntry> write, CancellationToken cancel)
    {
        var name = NameOf(test);
        var output = new ConcurrentQueue<string>();
        var outcome = ChaosOutcome.Good;
        var text = string.Empty;
        long? leased = null;
        write(new ChaosEntry(test, deed, null, Stopwatch.GetTimestamp(), ChaosOutcome.Begun, string.Empty));
        TestLease? lease = null;
        Task after = Task.CompletedTask;
        try
        {
            lease = await baseline.LeaseForAsync(name, ResetTo.Baseline, output.Enqueue, cancel);
            leased = Stopwatch.GetTimestamp();
            if (deed == BadDeed.EndProcess)
            {
                write(new ChaosEntry(test, deed, leased, Stopwatch.GetTimestamp(), ChaosOutcome.Begun, string.Empty));
            }

            var seen = await engine.FingerprintAsync(lease.Database);
            if (seen != expected)
            {
                (outcome, text) = (ChaosOutcome.Wrong, seen);
            }

            await lease.Database.RunAsync("UPDATE item SET name = 'd' WHERE id = 1; DELETE FROM line WHERE id = 2; INSERT INTO item (name) VALUES ('e')");
            if (deed is { } bad)
            {
                after = await DoAsync(engine, lease, bad);
            }
        }
        catch (Exception exception)
        {
            (outcome, text) = (ChaosOutcome.Failed, $"{exception.GetType().Name}: {exception.Message}");
        }

        try
        {
            if (lease is not null)
            {
                await lease.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            (outcome, text) = (ChaosOutcome.Failed, $"At the end: {exception.GetType().Name}: {exception.Message}");
        }

        var isNamed = output.FirstOrDefault(line => line.Contains($"Test '{name}' ", StringComparison.Ordinal) && !line.Contains("has a new database", StringComparison.Ordinal));
        if (outcome == ChaosOutcome.Good || deed is not null)
        {
            (outcome, text) = deed switch
            {
                _ when outcome == ChaosOutcome.Wrong => (outcome, text),
                null => isNamed is null ? (outcome, text) : (ChaosOutcome.Accused, isNamed),
                _ => isNamed is null ? (ChaosOutcome.Unnamed, text) : (ChaosOutcome.Named, isNamed),
            };
        }

        await after;
        return new ChaosEntry(test, deed, leased, Stopwatch.GetTimestamp(), outcome, text);
    }

    /// <summary>Does something bad.</summary>
    /// <returns>What goes on after the test's end.</returns>
    private static async Task<Task> DoAsync(DatabaseUnderTest engine, TestLease lease, BadDeed deed)
    {
        switch (deed)
        {
            case BadDeed.DropTable:
                await lease.Database.RunAsync("DROP TABLE line");
                break;
            case BadDeed.MakeTable:
                await lease.Database.RunAsync("CREATE TABLE mine (x int); INSERT INTO mine VALUES (1)");
                break;
            case BadDeed.AddColumn:
                await lease.Database.RunAsync("ALTER TABLE item ADD COLUMN extra int");
                break;
            case BadDeed.DropColumn:
                await lease.Database.RunAsync("ALTER TABLE line RENAME COLUMN text TO other");
                break;
            case BadDeed.MakeIndex:
                await lease.Database.RunAsync("CREATE INDEX mine ON line (text)");
                break;
            case BadDeed.MakeView:
                await lease.Database.RunAsync("CREATE VIEW mine AS SELECT name FROM item");
                break;
            case BadDeed.LeaveTransaction:
                var writing = await lease.Database.OpenConnectionAsync();
                var transaction = await writing.BeginTransactionAsync();
                await writing.RunAsync("UPDATE line SET text = 'z'", transaction);
                Open.Enqueue(transaction);
                break;
            case BadDeed.LeaveReader:
                var reading = await lease.Database.OpenConnectionAsync();
                var command = reading.CreateCommand();
                command.CommandText = "SELECT a.name FROM item a, item b, item c, item d";
                var reader = await command.ExecuteReaderAsync();
                await reader.ReadAsync();
                Open.Enqueue(reader);
                break;
            case BadDeed.WriteAfterItsTime:
                lease.Abandon();
                return WriteOnAsync(lease.Database.Engine, lease.Database.ConnectionString);
            case BadDeed.DeleteDatabase:
                await engine.DeleteAsync(lease.Database);
                break;
            case BadDeed.EndSessions:
                await engine.EndSessionsAsync(lease.Database);
                break;
            case BadDeed.FillDisk:
                await FillAsync(engine, lease.Database);
                break;
            case BadDeed.EndProcess:
                Process.GetCurrentProcess().Kill();
                await Task.Delay(Timeout.Infinite);
                break;
        }

        return Task.CompletedTask;
    }

    private static async Task FillAsync(DatabaseUnderTest engine, TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var place = Environment.GetEnvironmentVariable(SmallPlace);
        if (place is null)
        {
            await connection.RunAsync(engine.BeginFull("item"));
        }

        try
        {
            await connection.RunAsync(place is null ? "INSERT INTO item (name) SELECT 'f' || id FROM item" : engine.Fill(place));
        }
        catch (DbException)
        {
            // There is no room, as is to be; to SQLite a limit on file size is an error of input and output.
        }

        await database.RunAsync("CREATE TABLE filling (x int)");
    }

    /// <summary>A test whose time ran out knows nothing of that.</summary>
    private static async Task WriteOnAsync(DatabaseEngine engine, string connectionString)
    {
        for (var i = 0; i < 20; i++)
        {
            try
            {
                await using var connection = engine.CreateConnection(connectionString);
                await connection.OpenAsync();
                await connection.RunAsync("UPDATE item SET name = name || '!'");
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
            {
                // Its database has gone.
            }

            await Task.Delay(10);
        }
    }
}
