using System.Collections.Concurrent;
using System.Globalization;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Specification.Databases;

/// <summary>Tests that lease databases of one baseline: each has its own, and each begins with the baseline.</summary>
public abstract class LeaseSpecification(DatabaseUnderTest engine)
{
    private const string Seed = "INSERT INTO item (name) VALUES ('a'), ('b'); INSERT INTO line VALUES ('x'), (NULL)";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Schema => $"CREATE TABLE item (id {engine.CountedKey}, name text UNIQUE); CREATE TABLE line (text text);";

    [Theory]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    public async Task Parallel_tests_each_have_a_database_of_their_own_at_the_baseline(ResetStrategy strategy)
    {
        const int Tests = 12;
        await using var baseline = await StartAsync(6, strategy);
        var before = await engine.FingerprintAsync(baseline.Database);
        var used = new ConcurrentBag<string>();
        var together = new TaskCompletionSource();
        var holding = 0;

        await Task.WhenAll(Enumerable.Range(0, Tests).Select(test => Task.Run(
            async () =>
            {
                await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
                used.Add(lease.Database.ConnectionString);
                if (Interlocked.Increment(ref holding) == 6)
                {
                    together.SetResult();
                }

                // Six hold their databases at the same time: none waits for another's.
                await together.Task.WaitAsync(Cancel);

                Assert.Equal(before, await engine.FingerprintAsync(lease.Database));
                await lease.Database.RunAsync(string.Create(
                    CultureInfo.InvariantCulture, $"DELETE FROM line; UPDATE item SET name = 'c{test}' WHERE id = 1; INSERT INTO item (name) VALUES ('d')"));
                Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"c{test}|3"), await lease.Database.TextAsync(
                    "SELECT (SELECT name FROM item WHERE id = 1), (SELECT max(id) FROM item)"));
            },
            Cancel)));

        Assert.Equal(Tests, used.Count);
        Assert.Equal(6, used.Distinct().Count());
    }

    [Fact]
    public async Task Tests_wait_when_there_are_as_many_databases_as_there_may_be()
    {
        await using var baseline = await StartAsync(2);
        var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        var second = await baseline.LeaseAsync(cancellationToken: Cancel);
        var third = baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.False(third.IsCompleted);

        await second.DisposeAsync();

        await using var next = await third;
        Assert.Equal(second.Database.ConnectionString, next.Database.ConnectionString);
        Assert.NotEqual(first.Database.ConnectionString, next.Database.ConnectionString);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Tests_one_after_another_have_the_same_database()
    {
        await using var baseline = await StartAsync(4);
        for (var i = 0; i < 3; i++)
        {
            await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
            Assert.Same(baseline.Database, lease.Database);
        }
    }

    [Fact]
    public async Task A_copy_is_reset_to_empty_and_to_the_baseline()
    {
        await using var baseline = await StartAsync(2, emptyBy: EmptyBy.TouchedTables);
        var before = await engine.FingerprintAsync(baseline.Database);
        await using var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        await using (var empty = await baseline.LeaseAsync(ResetTo.Empty, Cancel))
        {
            Assert.NotSame(first.Database, empty.Database);
            Assert.Equal("0|0", await empty.Database.TextAsync("SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM line)"));
        }

        await using var again = await baseline.LeaseAsync(cancellationToken: Cancel);

        Assert.Equal(before, await engine.FingerprintAsync(again.Database));
    }

    [Fact]
    public async Task All_databases_are_gone_when_the_baseline_and_the_leases_are_disposed()
    {
        var baseline = await StartAsync(3);
        var leases = new List<TestLease>();
        for (var i = 0; i < 3; i++)
        {
            leases.Add(await baseline.LeaseAsync(cancellationToken: Cancel));
            await leases[i].Database.RunAsync("DELETE FROM item");
        }

        await leases[0].DisposeAsync();
        await baseline.DisposeAsync();

        Assert.False(await engine.ExistsAsync(leases[0].Database.ConnectionString));
        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
            Assert.False(await engine.ExistsAsync(lease.Database.ConnectionString));
        }
    }

    /// <summary>A fixture ends while a test whose time ran out is still running.</summary>
    [Fact]
    [Case("timed-out-kept-empty")]
    public async Task A_test_that_outlives_its_baseline_keeps_its_rows()
    {
        var folder = Directory.CreateTempSubdirectory("relocation-kept-");
        var baseline = await StartAsync(2);
        await using var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        var second = await baseline.LeaseAsync(cancellationToken: Cancel);
        await second.Database.RunAsync("INSERT INTO line VALUES ('of the test')");

        await baseline.DisposeAsync();

        await second.Database.RunAsync("INSERT INTO line VALUES ('after its time')");
        var kept = await second.Database.KeepAsync(new KeptPlace(folder.FullName, "Tests.Slow", TimeProvider.System.GetUtcNow()), Cancel);
        await second.DisposeAsync();
        Assert.False(await engine.ExistsAsync(second.Database.ConnectionString));
        await using (var copy = await engine.OpenKeptAsync(kept))
        {
            Assert.Equal("after its time\nof the test\nx", await copy.TextAsync("SELECT text FROM line WHERE text IS NOT NULL ORDER BY 1"));
        }

        var exception = await Assert.ThrowsAsync<DatabaseNotKeptException>(
            () => second.Database.KeepAsync(new KeptPlace(folder.FullName, "Tests.Slow", TimeProvider.System.GetUtcNow()), Cancel));
        Assert.Contains("removed before", exception.Message, StringComparison.Ordinal);
        await engine.RemoveKeptAsync(folder.FullName);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_database_that_the_user_has_named_is_not_copied_and_its_tests_take_turns()
    {
        var (target, remove) = await engine.MakeExistingAsync("shop_test");
        await using var _ = remove;
        await using var baseline = await StartAsync(4, target: target);
        var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        var second = baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();

        await using var lease = await second;
        Assert.Same(first.Database, lease.Database);
    }

    [Fact]
    public async Task A_copy_has_the_results_of_the_imports_and_the_context()
    {
        await using var baseline = new SharedBaseline(async cancel => await TestDatabase.CreateAsync(
            new TestDatabaseOptions<ShelfContext>
            {
                Target = engine.Target,
                CreateContext = static options => new ShelfContext(options),
                Baseline = [Backup.FromJson("""[{"model": "shelf.book", "pk": 5, "fields": {"title": "one"}}]""")],
            },
            cancel));
        await baseline.StartAsync(Cancel);
        await using var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        await using var second = await baseline.LeaseAsync(cancellationToken: Cancel);

        var copy = Assert.IsType<TestDatabase<ShelfContext>>(second.Database);

        Assert.NotSame(first.Database, copy);
        Assert.Equal(first.Database.Baseline, copy.Baseline);
        await using var context = copy.CreateContext();
        Assert.Equal("one", Assert.Single(context.Books).Title);
    }

    [Fact]
    public async Task A_kept_database_holds_what_the_test_left_and_nothing_of_ours()
    {
        await using var baseline = await StartAsync(2);
        await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
        await using var leaked = await lease.Database.OpenConnectionAsync(Cancel);
        await leaked.RunAsync("DELETE FROM item WHERE name = 'a'");
        var left = await engine.FingerprintAsync(leaked);
        var folder = Directory.CreateTempSubdirectory("relocation-kept-");
        try
        {
            var kept = await lease.Database.KeepAsync(new KeptPlace(folder.FullName, "Some.Test: 'it' fails/", TimeProvider.System.GetUtcNow()), Cancel);

            await using (var copy = await engine.OpenKeptAsync(kept))
            {
                Assert.Equal(left, await engine.FingerprintAsync(copy));
                await copy.RunAsync("INSERT INTO item (name) VALUES ('new')");
                Assert.Equal("3", await copy.TextAsync("SELECT max(id) FROM item"));
                Assert.Equal("0", await copy.TextAsync(engine.CountOfOurs));
            }
        }
        finally
        {
            await engine.RemoveKeptAsync(folder.FullName);
            folder.Delete(recursive: true);
        }

        await lease.DisposeAsync();
        await using var next = await baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.Equal("2", await next.Database.TextAsync("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task The_newest_ten_databases_are_kept_and_those_of_another_folder_left_alone()
    {
        await using var baseline = await StartAsync(1);
        await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
        var folder = Directory.CreateTempSubdirectory("relocation-kept-");
        var other = Directory.CreateTempSubdirectory("relocation-kept-");
        try
        {
            var start = TimeProvider.System.GetUtcNow();
            var kept = new List<KeptDatabase>
            {
                await lease.Database.KeepAsync(new KeptPlace(other.FullName, "Other", start.AddDays(-1)), Cancel),
            };
            for (var i = 0; i < 12; i++)
            {
                kept.Add(await lease.Database.KeepAsync(new KeptPlace(folder.FullName, "Test", start.AddSeconds(-i)), Cancel));
            }

            var there = new List<bool>();
            foreach (var copy in kept)
            {
                there.Add(await engine.IsKeptAsync(copy));
            }

            Assert.Equal([true, .. Enumerable.Repeat(true, 10), false, false], there);
        }
        finally
        {
            await engine.RemoveKeptAsync(folder.FullName);
            await engine.RemoveKeptAsync(other.FullName);
            folder.Delete(recursive: true);
            other.Delete(recursive: true);
        }
    }

    private async Task<SharedBaseline> StartAsync(
        int maxDatabases,
        ResetStrategy strategy = ResetStrategy.Automatic,
        EmptyBy emptyBy = EmptyBy.Respawn,
        DatabaseTarget? target = null)
    {
        var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = target ?? engine.Target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(Schema)),
                Seed = (connection, _) => connection.RunAsync(Seed),
                MaxDatabases = maxDatabases,
                Reset = new ResetOptions { Strategy = strategy, EmptyBy = emptyBy },
            },
            cancel));
        await baseline.StartAsync(Cancel);
        return baseline;
    }
}
