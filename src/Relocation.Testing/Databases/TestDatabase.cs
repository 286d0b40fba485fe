using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Backups;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Resetting;
using Relocation.Testing.Schemas;

namespace Relocation.Testing;

/// <summary>A database for tests: made with its tables, filled with a baseline, and put back between tests.</summary>
/// <remarks>
/// Imports and resets of one test database must not run at the same time; several test databases may. Disposal removes the
/// database where it was made for this purpose.
/// </remarks>
public class TestDatabase : IAsyncDisposable
{
    /// <summary>Who is in the way of a reset is mostly the test that waits for it.</summary>
    private static readonly TimeSpan LongestReset = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RoomPause = TimeSpan.FromMilliseconds(200);

    private readonly TestDatabaseSetup _setup;
    private readonly DatabaseLease _lease;
    private readonly ChosenReset _baselineReset;
    private bool _isDisposed;
    private int _resets;

    private protected TestDatabase(TestDatabaseSetup setup, DatabaseLease lease, ChosenReset baselineReset)
    {
        _setup = setup;
        _lease = lease;
        _baselineReset = baselineReset;
        Entrance = new ContextEntrance(setup.Options.Target.Engine, lease.ConnectionString) { Opened = Opened };
    }

    /// <summary>A connection string for it; tests open as many connections with it as they like.</summary>
    public string ConnectionString => _lease.ConnectionString;

    /// <summary>The kind of database.</summary>
    public DatabaseEngine Engine => _setup.Options.Target.Engine;

    /// <summary>The model of its tables.</summary>
    public RelocationModel Model => _setup.Model.Value;

    /// <summary>What became of the backups of the baseline, in their order.</summary>
    public IReadOnlyList<ImportResult> Baseline { get; private set; } = [];

    /// <summary>Which row each record of the baseline became, by entity or label: <c>int id = database.Map.New&lt;Order&gt;(42)</c>.</summary>
    public TypedPrimaryKeyMap Map => MapOf(Baseline);

    /// <summary>Which row each record of later imports became, by entity or label.</summary>
    /// <param name="results">What <see cref="ImportAsync"/> gave.</param>
    public TypedPrimaryKeyMap MapOf(params IReadOnlyList<ImportResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new TypedPrimaryKeyMap(results, _setup.Entities);
    }

    /// <summary>
    /// The transaction in which a test works where <see cref="ResetStrategy.Rollback"/> was asked for, with its connection; each
    /// reset begins a new one. Otherwise null.
    /// </summary>
    public DbTransaction? Transaction => _baselineReset.Transaction;

    internal int MaxDatabases => _setup.Options.MaxDatabases;

    /// <summary>How long others are waited for.</summary>
    internal Patience Patience => _setup.Patience;

    internal bool FailOnLeftovers => _setup.Options.FailOnLeftovers;

    /// <summary>How often it was put back or emptied, so that what was noted in between can be told from what holds now.</summary>
    internal int Resets => _resets;

    /// <summary>Whether it was made for this purpose, so that it may be thrown away.</summary>
    internal bool IsOwn => _lease.IsOwn;

    internal bool IsDisposed => _isDisposed;

    /// <summary>The connections that the test has opened through this object.</summary>
    internal OpenedConnections Opened { get; } = new();

    /// <summary>The way in for contexts of the user's.</summary>
    internal ContextEntrance Entrance { get; }

    /// <summary>Makes a test database: finds or creates it, makes its tables, imports the baseline and remembers it.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="cancellationToken">Cancels the operation; what was made by then is removed.</param>
    /// <exception cref="UnsafeDatabaseException">Nothing shows that the database is a test database. Nothing was written.</exception>
    /// <exception cref="BackupFormatException">A backup of the baseline cannot be read.</exception>
    /// <exception cref="ImportException">A backup of the baseline does not fit the model or the database.</exception>
    /// <exception cref="ResetException">The way of resetting that was asked for cannot be exact there.</exception>
    /// <exception cref="DatabaseException">The database cannot be made, or refuses what the schema or the seed does.</exception>
    public static Task<TestDatabase> CreateAsync(TestDatabaseOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return CreateAsync(
            options.ToSetup(), static (setup, lease, reset) => new TestDatabase(setup, lease, reset), cancellationToken);
    }

    /// <summary>Makes a test database with the tables and the model of an EF Core context.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="options">What it is made of.</param>
    /// <param name="cancellationToken">Cancels the operation; what was made by then is removed.</param>
    /// <exception cref="UnsafeDatabaseException">Nothing shows that the database is a test database. Nothing was written.</exception>
    /// <exception cref="BackupFormatException">A backup of the baseline cannot be read.</exception>
    /// <exception cref="ImportException">A backup of the baseline does not fit the model or the database.</exception>
    /// <exception cref="ResetException">The way of resetting that was asked for cannot be exact there.</exception>
    /// <exception cref="DatabaseException">The database cannot be made, or refuses what the schema or the seed does.</exception>
    public static Task<TestDatabase<TContext>> CreateAsync<TContext>(
        TestDatabaseOptions<TContext> options, CancellationToken cancellationToken = default)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(options);
        return CreateAsync(
            options.ToSetup(),
            (setup, lease, reset) => new TestDatabase<TContext>(setup, lease, reset, options),
            cancellationToken);
    }

    /// <summary>Opens a connection. The caller disposes it.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InvalidOperationException">A test works in <see cref="Transaction"/>, not on connections of its own.</exception>
    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        if (Transaction is not null)
        {
            throw ResetErrors.OutsideTransaction();
        }

        var connection = Engine.CreateConnection(ConnectionString);
        try
        {
            await Engine.TranslateAsync(FaultErrors.NotOpened, async () =>
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                await _lease.ReadyAsync(connection, cancellationToken).ConfigureAwait(false);
            }, Place).ConfigureAwait(false);
            Opened.Add(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Imports a backup. The next reset to the baseline removes it.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="options">What to take and how, or null for what the test database was made with.</param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <exception cref="BackupFormatException">The backup cannot be read.</exception>
    /// <exception cref="ImportException">The backup does not fit the model or the database.</exception>
    public async Task<ImportResult> ImportAsync(
        Backup backup, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backup);
        var importer = new BackupImporter(Model, Engine, options ?? _setup.Options.Import, _setup.Patience);
        if (Transaction is { } transaction)
        {
            return await importer.ImportWithLinesAsync(transaction.Connection!, transaction, backup, cancellationToken).ConfigureAwait(false);
        }

        var connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await importer.ImportWithLinesAsync(connection, null, backup, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Exports what the database holds as a backup.</summary>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read as the model says, or the destination cannot be written.</exception>
    public async Task<ExportResult> ExportAsync(
        BackupDestination destination, ExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        var exporter = new BackupExporter(Model, Engine, options, _setup.Patience);
        if (Transaction is { } transaction)
        {
            return await exporter.ExportAsync(transaction, destination, cancellationToken).ConfigureAwait(false);
        }

        var connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await exporter.ExportAsync(connection, destination, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Exports what the database holds as the text of a backup.</summary>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <exception cref="ExportException">The database cannot be read as the model says.</exception>
    public async Task<string> ExportToJsonAsync(ExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var stream = new MemoryStream();
        await ExportAsync(BackupDestination.ToStream(stream), options, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Puts the database back to its baseline: every row and every key counter.</summary>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    /// <exception cref="ResetException">The database cannot be put back.</exception>
    /// <exception cref="DatabaseException">The database is at fault, and no test: its fault tells why.</exception>
    public Task ResetAsync(CancellationToken cancellationToken = default) => ResetAsync(ResetTo.Baseline, cancellationToken);

    /// <summary>Puts the database back to its baseline, or empties it, as <see cref="ResetOptions"/> say.</summary>
    /// <param name="to">What the database is put back to.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    /// <exception cref="ResetException">The database cannot be put back.</exception>
    /// <exception cref="DatabaseException">The database is at fault, and no test: its fault tells why.</exception>
    public Task ResetAsync(ResetTo to, CancellationToken cancellationToken = default) =>
        Engine.TranslateAsync(() => FaultErrors.NotReset(to), () => RestoreAsync(to, cancellationToken), Place);

    /// <inheritdoc cref="UndoLog.OpenTouchedAsync" />
    internal Task<TouchedRows> OpenTouchedAsync(CancellationToken cancellationToken) => _baselineReset.OpenTouchedAsync(cancellationToken);

    private DriverFault Place(DriverFault fault) => Engine.Placed(fault, ConnectionString);

    private async Task RestoreAsync(ResetTo to, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _resets);
        if (to == ResetTo.Baseline)
        {
            await _baselineReset.RestoreAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        if (Transaction is not null)
        {
            throw ResetErrors.RollbackToEmpty();
        }

        if (_setup.Options.Reset.EmptyBy == EmptyBy.TouchedTables)
        {
            await _baselineReset.EmptyTouchedAsync(_setup.Options.Reset, cancellationToken).ConfigureAwait(false);
            return;
        }

        var connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var limit = _setup.Patience.Limit < LongestReset ? _setup.Patience.Limit : LongestReset;
            try
            {
                await Engine.ResetToEmptyAsync(connection, _setup.Options.Reset, new Patience(limit, _setup.Patience.Say), cancellationToken).ConfigureAwait(false);
            }
            catch (KnownFaultException others)
            {
                throw ResetErrors.EmptyingFailed(Engine.Name, FaultErrors.DatabaseInUseBecause(others.Fault), others);
            }
        }
    }

    /// <summary>Closes what this object holds open and removes the database where it was made for this purpose.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _isDisposed = true;
        await Engine.TranslateAsync(FaultErrors.NotRemoved, async () =>
        {
            try
            {
                await _baselineReset.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (Engine.FaultWithin(exception) is { IsEnvironment: true } fault)
            {
                // Whatever is in the way has nothing to do with the test, which may have passed.
                _setup.Patience.Say(FaultErrors.NotesStay(ToString(), fault));
            }
            finally
            {
                await _lease.DisposeAsync().ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>The engine and the connection string without its password, to show where a test failed.</summary>
    public override string ToString() => $"{Engine.Name}: {ShownConnectionString.Of(ConnectionString)}";

    /// <summary>A template of the database, which nobody uses meanwhile, or null where it is not to be copied.</summary>
    internal async Task<DatabaseTemplate?> MakeTemplateAsync(CancellationToken cancellationToken)
    {
        if (MaxDatabases == 1)
        {
            return null;
        }

        return await Engine.TranslateAsync(FaultErrors.NotCopied, async () =>
        {
            await _baselineReset.ReleaseAsync().ConfigureAwait(false);
            return await _lease.MakeTemplateAsync(cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Makes a database of the same kind with the same baseline.</summary>
    /// <param name="template">What <see cref="MakeTemplateAsync"/> gave.</param>
    /// <param name="room">What the template has reserved for it; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the operation; nothing is left of the copy.</param>
    internal Task<TestDatabase> CopyAsync(DatabaseTemplate template, IAsyncDisposable? room, CancellationToken cancellationToken) =>
        Engine.TranslateAsync(FaultErrors.NotCopied, () => MakeCopyAsync(template, room, cancellationToken));

    private async Task<TestDatabase> MakeCopyAsync(DatabaseTemplate template, IAsyncDisposable? room, CancellationToken cancellationToken)
    {
        var lease = await template.CopyAsync(_setup.Request with { Room = room }, cancellationToken).ConfigureAwait(false);
        var baselineReset = Engine.CreateBaselineReset(lease, _setup.Options.Reset.Strategy);
        var copy = With(_setup, lease, baselineReset);
        copy.Baseline = Baseline;
        try
        {
            await baselineReset.AdoptAsync(_baselineReset, cancellationToken).ConfigureAwait(false);
            return copy;
        }
        catch
        {
            await copy.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Deletes all rows and leaves key counters as they are.</summary>
    internal Task DeleteRowsAsync(CancellationToken cancellationToken) => TableClearing.DeleteAsync(this, cancellationToken);

    /// <summary>Looks at what its test has left beside rows. A database that cannot be asked claims nothing: what is wrong with it shows at the reset.</summary>
    internal async Task<Leftovers> LookAsync(CancellationToken cancellationToken)
    {
        var (idle, atWork) = Opened.Describe(Engine);
        Leftovers found;
        try
        {
            found = await _baselineReset.LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Engine.FaultOf(exception) is not null)
        {
            found = Leftovers.None;
        }

        if (idle.Count + atWork.Count == 0)
        {
            return found;
        }

        return new Leftovers(
            [
                .. idle,
                .. found.NamesWork ? [] : atWork,
                .. found.IsUnnamedWork && atWork.Count > 0 ? [] : found.Sentences,
            ],
            atWork.Count > 0 || found.MustBeReplaced);
    }

    /// <inheritdoc cref="DatabaseLease.EnterAsync" />
    internal ValueTask EnterAsync(CancellationToken cancellationToken) => _lease.EnterAsync(cancellationToken);

    /// <summary>A test has given it back. Where others need its connections, they are closed.</summary>
    internal void Leave() => _lease.Leave(_baselineReset.ReleaseAsync);

    /// <inheritdoc cref="DatabaseLease.EndOfServer" />
    internal string? EndOfServer => _lease.EndOfServer;

    /// <inheritdoc cref="DatabaseLease.FateAfter" />
    internal LeaseFate FateAfter(DriverFault? fault) => _lease.FateAfter(fault);

    /// <summary>Keeps a copy of the database as it is.</summary>
    internal async Task<KeptDatabase> KeepAsync(KeptPlace place, CancellationToken cancellationToken)
    {
        if (_isDisposed)
        {
            throw DatabaseErrors.NotKept(ToString(), "it was removed before, as its test database had been disposed.");
        }

        if (Transaction is not null)
        {
            throw DatabaseErrors.NotKept(ToString(), "with ResetStrategy.Rollback, a test's work is never committed. Choose ResetStrategy.UndoLog.");
        }

        try
        {
            await _baselineReset.ReleaseAsync().ConfigureAwait(false);
            return await _lease.KeepAsync(place, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            throw DatabaseErrors.NotKept(ToString(), exception.Message, exception);
        }
    }

    /// <summary>An object of the same kind for another database.</summary>
    private protected virtual TestDatabase With(TestDatabaseSetup setup, DatabaseLease lease, ChosenReset baselineReset) =>
        new(setup, lease, baselineReset);

    private static Task<TDatabase> CreateAsync<TDatabase>(
        TestDatabaseSetup setup,
        Func<TestDatabaseSetup, DatabaseLease, ChosenReset, TDatabase> make,
        CancellationToken cancellationToken)
        where TDatabase : TestDatabase =>
        setup.Options.Target.Engine.TranslateAsync(FaultErrors.NotMade, () => MakeWhenThereIsRoomAsync(setup, make, cancellationToken));

    /// <summary>Where others have all of a server's connections, a new database is begun again until they have fewer.</summary>
    private static async Task<TDatabase> MakeWhenThereIsRoomAsync<TDatabase>(
        TestDatabaseSetup setup,
        Func<TestDatabaseSetup, DatabaseLease, ChosenReset, TDatabase> make,
        CancellationToken cancellationToken)
        where TDatabase : TestDatabase
    {
        Exception? full = null;
        return await setup.Patience.AwaitAsync<TDatabase>(
            async cancel =>
            {
                try
                {
                    return await MakeAsync(setup, make, cancel).ConfigureAwait(false);
                }
                catch (Exception exception) when (setup.Options.Target.MakesNew && setup.Options.Target.Engine.FaultBehind(exception) is { Fault: DatabaseFault.TooManyConnections })
                {
                    full = exception;
                    return null;
                }
            },
            _ => Task.FromResult(LeaseErrors.ServerIsFull),
            (_, _) => full!,
            RoomPause,
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<TDatabase> MakeAsync<TDatabase>(
        TestDatabaseSetup setup,
        Func<TestDatabaseSetup, DatabaseLease, ChosenReset, TDatabase> make,
        CancellationToken cancellationToken)
        where TDatabase : TestDatabase
    {
        var copied = await AcquireCopyAsync(setup, make, cancellationToken).ConfigureAwait(false);
        var lease = copied ?? await setup.Options.Target.AcquireAsync(setup.Request, cancellationToken).ConfigureAwait(false);
        var baselineReset = setup.Options.Target.Engine.CreateBaselineReset(lease, setup.Options.Reset.Strategy);
        var database = make(setup, lease, baselineReset);
        try
        {
            await (copied is null ? database.FillAsync(cancellationToken) : database.TakeResultsAsync(cancellationToken)).ConfigureAwait(false);
            await baselineReset.CaptureAsync(cancellationToken).ConfigureAwait(false);
            return database;
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A copy of the template that processes share, or null where they share none.</summary>
    private static async Task<DatabaseLease?> AcquireCopyAsync<TDatabase>(
        TestDatabaseSetup setup, Func<TestDatabaseSetup, DatabaseLease, ChosenReset, TDatabase> make, CancellationToken cancellationToken)
        where TDatabase : TestDatabase
    {
        if (!setup.Options.ReuseBaseline || await BaselineKey.OfAsync(setup, cancellationToken).ConfigureAwait(false) is not { } key)
        {
            return null;
        }

        return await setup.Options.Target.AcquireCopyAsync(
            key,
            (lease, cancel) => make(setup, lease, setup.Options.Target.Engine.CreateBaselineReset(lease, setup.Options.Reset.Strategy)).FillTemplateAsync(cancel),
            setup.Request,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task FillTemplateAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken).ConfigureAwait(false);
        var connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await ResultsTable.WriteAsync(connection, Engine.BytesType, StoredResults.Write(Baseline), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeResultsAsync(CancellationToken cancellationToken)
    {
        await TryContextAsync().ConfigureAwait(false);
        var connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var results = await ResultsTable.TakeAsync(connection, cancellationToken).ConfigureAwait(false);
            var lines = new List<RecordLines>();
            foreach (var backup in _setup.Options.Baseline)
            {
                lines.Add(await RecordLines.OfAsync(backup, _setup.Model.Value, _setup.Options.Import.Limits, cancellationToken).ConfigureAwait(false));
            }

            Baseline = StoredResults.Read(results, new BackupImporter(Model, Engine, _setup.Options.Import).Plan, lines);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            if (!_lease.IsOwn)
            {
                await TestDatabaseGuard.CheckAsync(Engine, connection, _setup.Options.DangerouslyAllowAnyDatabaseName, cancellationToken, _lease.GivenName)
                    .ConfigureAwait(false);
            }

            await TryContextAsync().ConfigureAwait(false);
            var createContext = _setup.CreateContext;
            var request = new SchemaRequest(
                connection, Engine, _setup.Model, createContext is null ? null : () => createContext(Entrance));
            await Engine.TranslateAsync(FaultErrors.SchemaNotMade, () => _setup.Options.Schema.CreateAsync(request, cancellationToken), Place)
                .ConfigureAwait(false);
            RequireDatabaseOf(connection);

            var results = new List<ImportResult>();
            foreach (var backup in _setup.Options.Baseline)
            {
                var importer = new BackupImporter(Model, Engine, _setup.Options.Import, _setup.Patience);
                results.Add(await importer.ImportWithLinesAsync(connection, null, backup, cancellationToken).ConfigureAwait(false));
            }

            Baseline = results;
            if (_setup.Seed is { } seed)
            {
                await Engine.TranslateAsync(FaultErrors.NotSeeded, () => seed(connection, ConnectionString, cancellationToken), Place)
                    .ConfigureAwait(false);
                RequireDatabaseOf(connection);
            }
        }
    }

    /// <summary>
    /// A context that opens another database is refused before anything is made, even where neither tables nor seed need a context.
    /// </summary>
    private async ValueTask TryContextAsync()
    {
        if (_setup.CreateContext is { } createContext)
        {
            await createContext(Entrance).DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Methods of the user's had the connection, and what follows is written through it.</summary>
    private void RequireDatabaseOf(DbConnection connection)
    {
        if (connection.ConnectionString != ConnectionString && !Engine.LeadsTo(connection, ConnectionString))
        {
            throw DatabaseErrors.ConnectionLedAway(Engine.Describe(connection), Engine, ConnectionString);
        }
    }
}
