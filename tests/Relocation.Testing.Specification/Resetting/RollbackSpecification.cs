using System.Data.Common;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Resetting;

/// <summary>A transaction that is rolled back leaves the baseline, key counters included, for all who look.</summary>
public abstract class RollbackSpecification(DatabaseUnderTest engine)
{
    private const string Seed = "INSERT INTO team (name) VALUES ('red'), ('blue'); INSERT INTO member (team, name) VALUES (1, 'ann'), (2, 'bob')";

    /// <summary>Some fail now and then, which must be undone as well.</summary>
    private static readonly string[] Changes =
    [
        "INSERT INTO team (name) VALUES ('new'), ('newer')",
        "INSERT INTO member (team, name) VALUES (1, 'eve')",
        "INSERT INTO member (team, name) VALUES (99, 'nobody')",
        "DELETE FROM team WHERE id = 2",
        "UPDATE team SET id = id + 100 WHERE name = 'new'",
        "UPDATE member SET name = NULL",
        "CREATE TABLE extra (id int)",
    ];

    private static readonly ResetOptions Rollback = new() { Strategy = ResetStrategy.Rollback };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Schema => $"""
        CREATE TABLE team (id {engine.CountedKey}, name text NOT NULL);
        CREATE TABLE member (id {engine.CountedKey}, team int NOT NULL REFERENCES team (id) ON DELETE CASCADE, name text);
        """;

    [Fact]
    public async Task Reset_restores_every_row_and_counter_when_changes_are_random()
    {
        await using var database = await engine.CreateAsync(Schema, Seed, Rollback);
        await using var other = await OpenAsync(database);
        var baseline = await engine.FingerprintAsync(other);

        await Gen.Int[0, Changes.Length - 1].List[0, 8].SampleAsync(
            async changes =>
            {
                foreach (var change in changes)
                {
                    await RunAsync(database, "SAVEPOINT step");
                    var failed = await Record.ExceptionAsync(() => RunAsync(database, Changes[change])) is not null;
                    await RunAsync(database, failed ? "ROLLBACK TO SAVEPOINT step" : "RELEASE SAVEPOINT step");
                }

                await Record.ExceptionAsync(() => RunAsync(database, Changes[2]));
                await database.ResetAsync(Cancel);

                Assert.Equal(baseline, await engine.FingerprintAsync(other));
                Assert.Equal(baseline, await engine.FingerprintAsync(database.Transaction!.Connection!));
            },
            iter: 30, threads: 1);
    }

    [Fact]
    public async Task Contexts_and_imports_work_in_the_transaction_and_get_the_same_keys_again()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<ShelfContext>
            {
                Target = engine.Target,
                CreateContext = static options => new ShelfContext(options),
                Baseline = [Book(1, "baseline")],
                Reset = Rollback,
            },
            Cancel);
        for (var i = 0; i < 3; i++)
        {
            await using (var context = database.CreateContext())
            {
                var added = new Book { Title = "added" };
                context.Add(added);
                await context.SaveChangesAsync(Cancel);
                Assert.Equal(2, added.Id);
            }

            var result = await database.ImportAsync(Book(7, "imported"), cancellationToken: Cancel);
            Assert.Equal(3, result.Map.NewKey("shelf.book", 7));
            await using (var context = database.CreateContext())
            {
                Assert.Equal(["baseline", "added", "imported"], await context.Books.OrderBy(book => book.Id).Select(book => book.Title).ToListAsync(Cancel));
            }

            await database.ResetAsync(Cancel);
        }
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("ROLLBACK")]
    public async Task Reset_is_refused_when_a_test_has_ended_the_transaction(string end)
    {
        await using var database = await engine.CreateAsync(Schema, Seed, Rollback);
        await RunAsync(database, $"{Changes[0]}; {end}");

        for (var i = 0; i < 2; i++)
        {
            var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(Cancel));
            Assert.Contains("ResetStrategy.UndoLog", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_cannot_work_in_the_transaction_is_refused()
    {
        await using var database = await engine.CreateAsync(Schema, Seed, Rollback);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.OpenConnectionAsync(Cancel));
        await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));
        await using var plain = await engine.CreateAsync(Schema, Seed);
        Assert.Null(plain.Transaction);
    }

    [Fact]
    public async Task Parallel_tests_each_have_a_transaction_of_their_own()
    {
        await using var baseline = new SharedBaseline(_ => engine.CreateAsync(Schema, Seed, Rollback));
        await baseline.StartAsync(Cancel);
        await using var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        await using var second = await baseline.LeaseAsync(cancellationToken: Cancel);
        foreach (var lease in (TestLease[])[first, second])
        {
            await RunAsync(lease.Database, Changes[0]);
        }

        foreach (var lease in (TestLease[])[first, second])
        {
            Assert.Equal("4", await lease.Database.Transaction!.Connection!.TextAsync("SELECT count(*) FROM team"));
        }

        await Assert.ThrowsAsync<DatabaseNotKeptException>(() => first.KeepAsync("Some.Test", Cancel));
    }

    private static Backup Book(int key, string title) =>
        Backup.FromJson($$$"""[{"model": "shelf.book", "pk": {{{key}}}, "fields": {"title": "{{{title}}}"}}]""");

    private static Task RunAsync(TestDatabase database, string sql) =>
        database.Transaction!.Connection!.RunAsync(sql, database.Transaction);

    /// <summary>A connection that knows nothing of the transaction.</summary>
    private async Task<DbConnection> OpenAsync(TestDatabase database)
    {
        var connection = engine.Target.Engine.CreateConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
