using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Whoever meets a lock says whom it waits for, goes on when it is gone, and ends after the time that the options say.</summary>
[Case("load/lock-timeout")]
public abstract class WaitingSpecification(DatabaseUnderTest engine)
{
    private const string Book = """[{"model": "shelf.book", "pk": 1, "fields": {"title": "C"}}]""";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentQueue<string> _said = [];
    private readonly TaskCompletionSource _hasSaid = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is said of a connection of these tests that holds a lock.</summary>
    protected abstract string Holder { get; }

    /// <summary>A query for a setting of the connection that waiting must leave as it was.</summary>
    protected abstract string Setting { get; }

    [Fact]
    public async Task Import_into_a_test_database_goes_on_when_the_lock_is_gone()
    {
        await using var database = await CreateAsync();
        await using var holder = await LockAsync(database);

        var import = database.ImportAsync(Backup.FromJson(Book), cancellationToken: Cancel);
        await _hasSaid.Task.WaitAsync(Cancel);
        await holder.RunAsync("ROLLBACK");
        await import;

        Assert.Equal("3", await database.TextAsync("SELECT count(*) FROM \"Books\""));
        Assert.StartsWith("Waiting for ", Assert.Single(_said), StringComparison.Ordinal);
        Assert.Contains(Holder, _said.First(), StringComparison.Ordinal);
        Assert.EndsWith("5 min at most.", _said.First(), StringComparison.Ordinal);
    }

    /// <summary>The import's option counts before that of its test database, and both before the connection's own limits.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_ends_after_the_time_of_its_options_and_leaves_the_callers_connection_as_it_was(bool isCallers)
    {
        await using var database = await CreateAsync();
        await using var holder = await LockAsync(database);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var setting = await TextAsync(connection);
        await using var transaction = isCallers ? await BeginAsync(connection) : null;
        var importer = new BackupImporter(database.Model, database.Engine, new ImportOptions { WaitLimit = Soon });
        var watch = Stopwatch.StartNew();

        Task ImportAsync() => transaction is null
            ? importer.ImportAsync(connection, Backup.FromJson(Book), Cancel)
            : importer.ImportAsync(transaction, Backup.FromJson(Book), Cancel);
        var failure = await Assert.ThrowsAsync<DatabaseException>(ImportAsync);

        Assert.Equal(DatabaseFault.Locked, failure.Fault);
        Assert.InRange(watch.Elapsed, Soon, TimeSpan.FromSeconds(20));
        Assert.Contains("the database is as it was: it waited ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Holder, failure.Message, StringComparison.Ordinal);
        Assert.Equal(setting, await TextAsync(connection));
        await holder.RunAsync("ROLLBACK");
        await ImportAsync();
        Assert.Equal(setting, await TextAsync(connection));
        await (transaction?.CommitAsync(Cancel) ?? Task.CompletedTask);
        Assert.Equal("3", await database.TextAsync("SELECT count(*) FROM \"Books\""));
    }

    [Fact]
    public async Task Cancellation_ends_the_waiting()
    {
        await using var database = await CreateAsync();
        await using var holder = await LockAsync(database);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var import = database.ImportAsync(Backup.FromJson(Book), cancellationToken: cancellation.Token);
        await _hasSaid.Task.WaitAsync(Cancel);
        var watch = Stopwatch.StartNew();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await holder.RunAsync("ROLLBACK");
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM \"Books\""));
    }

    [Fact]
    public async Task Reset_to_empty_names_who_is_in_the_way()
    {
        await using var database = await CreateAsync(Soon);
        await using var holder = await LockAsync(database);

        var failure = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));

        Assert.Contains(Holder, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Dispose every reader", failure.Message, StringComparison.Ordinal);
        await holder.RunAsync("ROLLBACK");
        await database.ResetAsync(ResetTo.Empty, Cancel);
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM \"Books\""));
    }

    [Fact]
    public async Task Time_below_zero_is_a_mistake_of_the_caller()
    {
        await using var database = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => database.ImportAsync(Backup.FromJson(Book), new ImportOptions { WaitLimit = TimeSpan.FromSeconds(-1) }, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => database.ExportToJsonAsync(new ExportOptions { WaitLimit = TimeSpan.FromSeconds(-1) }, Cancel));
    }

    /// <summary>Begins a transaction that has locked nothing yet.</summary>
    protected abstract ValueTask<DbTransaction> BeginAsync(DbConnection connection);

    private async Task<string> TextAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Setting;
        return $"{await command.ExecuteScalarAsync(Cancel)} {connection.ConnectionTimeout} {command.CommandTimeout}";
    }

    private async Task<DbConnection> LockAsync(TestDatabase database)
    {
        var connection = await database.OpenConnectionAsync(Cancel);
        await connection.RunAsync(engine.BeginLock("Books"));
        return connection;
    }

    private Task<TestDatabase<ShelfContext>> CreateAsync(TimeSpan? limit = null) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<ShelfContext>
        {
            Target = engine.Target,
            CreateContext = static options => new ShelfContext(options),
            ModelOptions = new RelocationModelOptions { App = "shelf" },
            Reset = new ResetOptions { Strategy = ResetStrategy.Copy },
            WaitLimit = limit ?? TimeSpan.FromMinutes(5),
            Log = sentence =>
            {
                _said.Enqueue(sentence);
                _hasSaid.TrySetResult();
            },
            Seed = static (context, _) =>
            {
                context.AddRange(new Book { Title = "A" }, new Book { Title = "B" });
                return Task.CompletedTask;
            },
        },
        Cancel);
}
