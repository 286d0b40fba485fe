using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

/// <summary>A transaction that a test leaves open is said to be that by whatever meets it, and its end is enough to go on.</summary>
public sealed class SqliteOpenTransactionTests
{
    private const string Book = """[{"model": "shelf.book", "pk": 1, "fields": {"title": "C"}}]""";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ResetStrategy.UndoLog, "INSERT INTO Books (Title) VALUES ('open')")]
    [InlineData(ResetStrategy.UndoLog, "CREATE TABLE scratch (i)")]
    [InlineData(ResetStrategy.Copy, "INSERT INTO Books (Title) VALUES ('open')")]
    [InlineData(ResetStrategy.Copy, "CREATE TABLE scratch (i)")]
    [Case("more/locked")]
    public async Task Rows_or_tables_that_are_not_committed_are_no_drivers_exception(ResetStrategy strategy, string statement)
    {
        await using var database = await CreateAsync(SqliteTarget.InMemory(), strategy);
        await using var connection = (SqliteConnection)await database.OpenConnectionAsync(Cancel);
        await connection.RunAsync($"BEGIN; {statement}");
        await using var other = new SqliteConnection(
            new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        await other.OpenAsync(Cancel);

        foreach (var to in new[] { ResetTo.Baseline, ResetTo.Empty })
        {
            var reset = await Record.ExceptionAsync(() => database.ResetAsync(to, Cancel));
            Assert.True(reset is ResetException, $"{to}: {reset}");
        }

        var import = await Assert.ThrowsAsync<DatabaseException>(
            () => new BackupImporter(database.Model, database.Engine, new ImportOptions { WaitLimit = Soon }).ImportAsync(other, Backup.FromJson(Book), Cancel));
        var export = await Assert.ThrowsAsync<DatabaseException>(
            () => new BackupExporter(database.Model, database.Engine, new ExportOptions { WaitLimit = Soon }).ExportAsync(other, BackupDestination.ToStream(Stream.Null), Cancel));

        Assert.Equal((DatabaseFault.Locked, DatabaseFault.Locked), (import.Fault, export.Fault));
        await connection.RunAsync("ROLLBACK");
        await database.ResetAsync(Cancel);
        Assert.Equal("A\nB", await database.TextAsync("SELECT Title FROM Books ORDER BY 1"));
    }

    [Theory]
    [InlineData(ResetStrategy.UndoLog, true)]
    [InlineData(ResetStrategy.UndoLog, false)]
    [InlineData(ResetStrategy.Copy, true)]
    [InlineData(ResetStrategy.Copy, false)]
    [Case("more/pooltx")]
    public async Task Transaction_that_a_disposed_context_leaves_open_is_no_drivers_exception(ResetStrategy strategy, bool isFile)
    {
        await using var database = await CreateAsync(isFile ? SqliteTarget.TemporaryFile() : SqliteTarget.InMemory(), strategy);
        await using (var context = database.CreateContext())
        {
            await context.Database.OpenConnectionAsync(Cancel);
            await context.Database.ExecuteSqlRawAsync("BEGIN; INSERT INTO Books (Title) VALUES ('open')", Cancel);
        }

        foreach (var work in (Func<Task>[])
            [
                () => database.ResetAsync(Cancel),
                () => database.ImportAsync(Backup.FromJson(Book), cancellationToken: Cancel),
                () => database.ResetAsync(Cancel),
            ])
        {
            var failure = await Record.ExceptionAsync(work);
            Assert.True(failure is null or ResetException or DatabaseException, failure?.ToString());
        }

        SqliteConnection.ClearPool(new SqliteConnection(database.ConnectionString));
        await database.ResetAsync(Cancel);
        Assert.Equal("A\nB", await database.TextAsync("SELECT Title FROM Books ORDER BY 1"));
    }

    private static Task<TestDatabase<ShelfContext>> CreateAsync(DatabaseTarget target, ResetStrategy strategy) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<ShelfContext>
        {
            Target = target,
            ModelOptions = new RelocationModelOptions { App = "shelf" },
            Reset = new ResetOptions { Strategy = strategy },
            WaitLimit = Soon,
            Log = static _ => { },
            Seed = static (context, _) =>
            {
                context.AddRange(new Book { Title = "A" }, new Book { Title = "B" });
                return Task.CompletedTask;
            },
        },
        Cancel);
}
