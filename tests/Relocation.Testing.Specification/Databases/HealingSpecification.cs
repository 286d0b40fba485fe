using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;

namespace Relocation.Testing.Specification.Databases;

/// <summary>One bad test harms nobody else: what it spoils is thrown away, and it is named.</summary>
public abstract class HealingSpecification(DatabaseUnderTest engine)
{
    private const string Seed = "INSERT INTO item (name) VALUES ('a'), ('b'); INSERT INTO line VALUES (1, 'x')";

    private static readonly Dictionary<string, string> Changes = new(StringComparer.Ordinal)
    {
        ["drops a table"] = "DROP TABLE line",
        ["adds a column"] = "ALTER TABLE item ADD COLUMN extra int",
        ["drops a column"] = "ALTER TABLE line DROP COLUMN text",
        ["makes a table"] = "CREATE TABLE mine (x int); INSERT INTO mine VALUES (1)",
        ["makes an index"] = "CREATE INDEX mine ON line (text)",
        ["makes a view"] = "CREATE VIEW mine AS SELECT name FROM item",
        ["renames a table"] = "ALTER TABLE line RENAME TO old_line",
    };

    private readonly ConcurrentQueue<object> _open = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Schema => $"CREATE TABLE item (id {engine.CountedKey}, name text UNIQUE); CREATE TABLE line (id int PRIMARY KEY, text text);";

    public static TheoryData<string, int> ChangesAndDatabases() =>
        [.. Changes.Keys.SelectMany(change => new[] { 1, 4 }.Select(databases => new TheoryDataRow<string, int>(change, databases)))];

    [Theory]
    [MemberData(nameof(ChangesAndDatabases))]
    [Case("ddl")]
    [Case("load/bad-database-again")]
    public async Task A_test_that_changes_the_schema_is_named_and_harms_no_other(string change, int databases)
    {
        await using var baseline = await StartAsync(databases);
        var before = await BaselineAsync(baseline);
        var output = new List<string>();

        await using (var bad = await baseline.LeaseForAsync("Bad", ResetTo.Baseline, output.Add, Cancel))
        {
            await bad.Database.RunAsync(Changes[change]);
        }

        Assert.Contains("Test 'Bad'", Assert.Single(output), StringComparison.Ordinal);
        Assert.Contains("schema", output[0], StringComparison.Ordinal);

        // Where there is one database only, the next test is told that the baseline is made anew, and why.
        await AssertGoodAsync(baseline, before, tests: 5, line => Assert.Contains("'Bad'", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("transaction")]
    [InlineData("reader")]
    [Case("load/bad-database-again")]
    public async Task A_test_that_leaves_its_work_open_is_named_and_harms_no_other(string work)
    {
        await using var baseline = await StartAsync(databases: 4);
        var before = await BaselineAsync(baseline);
        var output = new List<string>();

        await using (var bad = await baseline.LeaseForAsync("Bad", ResetTo.Baseline, output.Add, Cancel))
        {
            await LeaveOpenAsync(await bad.Database.OpenConnectionAsync(Cancel), work);
        }

        Assert.NotEmpty(output);
        Assert.All(output, line => Assert.Contains("Test 'Bad'", line, StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains(work, StringComparison.Ordinal));
        await AssertGoodAsync(baseline, before, tests: 5);
        await CloseAsync();
    }

    /// <summary>Where nothing shows at the end of the test, it shows when the database is to be put back.</summary>
    [Theory]
    [InlineData("transaction")]
    [InlineData("reader")]
    [Case("load/bad-database-again")]
    public async Task Work_on_a_connection_of_the_tests_own_is_found_at_the_latest_by_the_next_test(string work)
    {
        await using var baseline = await StartAsync(databases: 4);
        var before = await BaselineAsync(baseline);
        var output = new ConcurrentQueue<string>();
        await using (var bad = await baseline.LeaseForAsync("Bad", ResetTo.Baseline, output.Enqueue, Cancel))
        {
            var connection = engine.Target.Engine.CreateConnection(bad.Database.ConnectionString);
            await connection.OpenAsync(Cancel);
            await LeaveOpenAsync(connection, work);
        }

        await AssertGoodAsync(baseline, before, tests: 3, output.Enqueue);

        // PostgreSQL has done with a query of few rows, however slowly its client reads them.
        if (work == "transaction")
        {
            Assert.Contains(output, line => line.Contains("'Bad'", StringComparison.Ordinal));
        }

        await CloseAsync();
    }

    [Fact]
    public async Task A_test_that_deletes_its_database_is_named_and_harms_no_other()
    {
        foreach (var databases in new[] { 1, 4 })
        {
            await using var baseline = await StartAsync(databases);
            var before = await BaselineAsync(baseline);
            var output = new List<string>();

            await using (var bad = await baseline.LeaseForAsync("Bad", ResetTo.Baseline, output.Add, Cancel))
            {
                if (!await engine.DeleteAsync(bad.Database))
                {
                    return;
                }
            }

            await AssertGoodAsync(baseline, before, tests: 3, output.Add);
            Assert.Contains(output, line => line.Contains("'Bad'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_test_that_disposes_its_database_is_named_and_harms_no_other()
    {
        foreach (var databases in new[] { 1, 3 })
        {
            await using var baseline = await StartAsync(databases);
            var before = await BaselineAsync(baseline);
            var output = new List<string>();

            await using (var bad = await baseline.LeaseForAsync("Bad", ResetTo.Baseline, output.Add, Cancel))
            {
                await bad.Database.DisposeAsync();
            }

            Assert.Contains("Test 'Bad' has disposed its database", Assert.Single(output), StringComparison.Ordinal);
            await AssertGoodAsync(baseline, before, tests: 3, line => Assert.Contains("'Bad'", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_test_that_ran_out_of_time_may_go_on_writing()
    {
        await using var baseline = await StartAsync(databases: 3);
        var before = await BaselineAsync(baseline);
        var late = await baseline.LeaseAsync(cancellationToken: Cancel, test: "Late");
        var place = late.Database.ConnectionString;
        await using var connection = await late.Database.OpenConnectionAsync(Cancel);

        late.Abandon();
        await late.DisposeAsync();

        Assert.Contains("'Late' ran out of time", Assert.Single(late.Leftovers), StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
            Assert.NotEqual(place, lease.Database.ConnectionString);
            Assert.Equal(before, await engine.FingerprintAsync(lease.Database));
        }
    }

    [Fact]
    public async Task Leftovers_fail_the_test_where_they_are_to()
    {
        await using var baseline = await StartAsync(databases: 2, failOnLeftovers: true);
        var before = await BaselineAsync(baseline);
        var bad = await baseline.LeaseForAsync("Bad", ResetTo.Baseline, static _ => { }, Cancel);
        await bad.Database.RunAsync("CREATE TABLE mine (x int)");

        var exception = await Assert.ThrowsAsync<LeftoversException>(async () => await bad.DisposeAsync());

        Assert.Contains("Test 'Bad'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(bad.Leftovers, exception.Leftovers);
        await AssertGoodAsync(baseline, before, tests: 2);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_test_that_leaves_rows_only()
    {
        var said = new ConcurrentQueue<string>();
        await using var baseline = await StartAsync(databases: 2, log: said.Enqueue);
        for (var i = 0; i < 3; i++)
        {
            await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
            await lease.Database.RunAsync("DELETE FROM line; INSERT INTO item (name) VALUES ('new')");
            Assert.Empty(lease.Leftovers);
            Assert.Equal(nameof(Nothing_is_said_of_a_test_that_leaves_rows_only), lease.Test);
        }

        Assert.Empty(said);
    }

    /// <summary>With tests beside each other, one bad one in ten.</summary>
    [Fact]
    [Case("load/bad-database-again")]
    public async Task Bad_tests_beside_good_ones_harm_none_of_them()
    {
        await using var baseline = await StartAsync(databases: 4);
        var before = await BaselineAsync(baseline);
        var changes = Changes.Values.ToArray();
        var unnamed = new ConcurrentQueue<string>();

        await Parallel.ForAsync(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Cancel }, async (test, cancel) =>
        {
            var output = new ConcurrentQueue<string>();
            var name = string.Create(CultureInfo.InvariantCulture, $"Test {test}");
            await using (var lease = await baseline.LeaseForAsync(name, ResetTo.Baseline, output.Enqueue, cancel))
            {
                Assert.Equal(before, await engine.FingerprintAsync(lease.Database));
                await lease.Database.RunAsync(test % 10 == 3 ? changes[test / 10] : "DELETE FROM line; UPDATE item SET name = 'c' WHERE id = 1");
            }

            if (test % 10 == 3 && !output.Any(line => line.Contains($"'{name}'", StringComparison.Ordinal)))
            {
                unnamed.Enqueue(name);
            }
        });

        Assert.Empty(unnamed);
    }

    /// <summary>Its tests take turns, and nobody may throw it away.</summary>
    [Fact]
    public async Task A_database_of_the_users_is_never_thrown_away_and_the_test_that_spoiled_it_is_named()
    {
        var (target, remove) = await engine.MakeExistingAsync("shop_test");
        await using var _ = remove;
        await using var baseline = await StartAsync(databases: 4, target: target);
        await using (var bad = await baseline.LeaseForAsync("Bad", ResetTo.Baseline, static _ => { }, Cancel))
        {
            await LeaveOpenAsync(await bad.Database.OpenConnectionAsync(Cancel), "transaction");
        }

        var exception = await Assert.ThrowsAsync<ResetException>(() => baseline.LeaseAsync(cancellationToken: Cancel));
        Assert.Contains("'Bad' had it before", exception.Message, StringComparison.Ordinal);
        await CloseAsync();

        await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.Equal("2", await lease.Database.TextAsync("SELECT count(*) FROM item"));
    }

    private async Task AssertGoodAsync(SharedBaseline baseline, string before, int tests, Action<string>? output = null)
    {
        for (var test = 0; test < tests; test++)
        {
            await using var lease = await baseline.LeaseForAsync("Good", ResetTo.Baseline, output ?? Assert.Null, Cancel);
            Assert.Equal(before, await engine.FingerprintAsync(lease.Database));
            await lease.Database.RunAsync("UPDATE item SET name = 'c' WHERE id = 1; DELETE FROM line");
        }
    }

    private async Task<string> BaselineAsync(SharedBaseline baseline)
    {
        await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
        return await engine.FingerprintAsync(lease.Database);
    }

    private async Task LeaveOpenAsync(DbConnection connection, string work)
    {
        _open.Enqueue(connection);
        if (work == "transaction")
        {
            var transaction = await connection.BeginTransactionAsync(Cancel);
            await connection.RunAsync("UPDATE line SET text = 'y'", transaction);
            _open.Enqueue(transaction);
            return;
        }

        var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM item, line";
        _open.Enqueue(command);
        var reader = await command.ExecuteReaderAsync(Cancel);
        await reader.ReadAsync(Cancel);
        _open.Enqueue(reader);
    }

    /// <summary>What is left of a bad test ends at last.</summary>
    private async Task CloseAsync()
    {
        foreach (var open in _open.Reverse().OfType<IAsyncDisposable>())
        {
            try
            {
                await open.DisposeAsync();
            }
            catch (DbException)
            {
                // Its session was ended under it.
            }
        }

        _open.Clear();
    }

    private async Task<SharedBaseline> StartAsync(
        int databases, DatabaseTarget? target = null, bool failOnLeftovers = false, Action<string>? log = null)
    {
        var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = target ?? engine.Target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(Schema)),
                Seed = (connection, _) => connection.RunAsync(Seed),
                MaxDatabases = databases,
                FailOnLeftovers = failOnLeftovers,
                Log = log ?? (static _ => { }),
            },
            cancel));
        await baseline.StartAsync(Cancel);
        return baseline;
    }
}
