using System.Data.Common;
using Relocation.Testing.Sentry.Tasks.Running;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing;

/// <summary>
/// Relocates organizations as Sentry does, by ordered tasks with several attempts each: from an accepted file to organizations that are
/// imported, handed over and announced (docs/sentry-import.md, section 10; docs/tasks.md).
/// </summary>
/// <remarks>
/// All state of a relocation is in the database: an instance has none, and the next run continues one that ended, whatever ended it.
/// Connections must be open ones of the engine, without a transaction.
/// </remarks>
public sealed class RelocationTask
{
    private readonly DatabaseEngine _engine;
    private readonly RelocationTaskOptions _options;
    private readonly TaskSteps _steps;

    /// <summary>Prepares relocations into one kind of database.</summary>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">Options of relocations.</param>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    public RelocationTask(DatabaseEngine engine, RelocationTaskOptions options)
        : this(engine, options, TaskSteps.Default)
    {
    }

    /// <summary>The same with other steps, for tests of what runs them.</summary>
    internal RelocationTask(DatabaseEngine engine, RelocationTaskOptions options, TaskSteps steps)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        _engine = engine;
        _options = options;
        _steps = steps;
        Model = SentryModel.Create(engine, SentryTables.Import | SentryTables.Tasks, options.Version);
    }

    /// <summary>The model that is relocated into: Sentry's, and the other tables that imports and relocations write.</summary>
    public RelocationModel Model { get; }

    /// <summary>Creates those tables of <see cref="Model"/> that the database does not have.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    /// <exception cref="RelocationTaskException">The database has tables of another version.</exception>
    /// <exception cref="RelocationModelException">The database refuses a table.</exception>
    public async Task CreateTablesAsync(DbConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var sql = new TaskSql(_engine, connection, null);
        var own = SentryModel.Create(_engine, _options.Version);
        if (await TableCheck.IsSentryAsync(sql, own, cancellationToken).ConfigureAwait(false))
        {
            await TableCheck.RefuseOtherAsync(sql, own, cancellationToken).ConfigureAwait(false);
        }

        await SchemaSource.CreateMissingTablesAsync(connection, Model, _engine, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a relocation: stores the file and creates the rows. It does not run yet.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="request">What is to be relocated, and for whom.</param>
    /// <param name="cancellationToken">Cancels the start; then nothing was started.</param>
    /// <exception cref="RelocationTaskException">It was refused; the message says why.</exception>
    public async Task<RelocationState> StartAsync(DbConnection connection, RelocationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        await RefuseOtherTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        var uuid = await new RelocationStart(_engine, connection, _options).BeginAsync(request, cancellationToken).ConfigureAwait(false);
        return await FindAsync(connection, uuid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs a relocation until it succeeds, fails or pauses. A failure within it is part of its state, not an exception. A relocation that
    /// has ended or is paused stays so.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the run; the next one goes on.</param>
    /// <exception cref="RelocationTaskException">
    /// The relocation does not exist, another runner has it, there is no key to decrypt files with, or other rows refer to what a failed
    /// import has to undo.
    /// </exception>
    public async Task<RelocationState> RunAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RefuseWithoutKey();
        await RefuseOtherTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        await new TaskRunner(_engine, connection, _options, _steps, uuid).RunAsync(cancellationToken).ConfigureAwait(false);
        return await FindAsync(connection, uuid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Continues a relocation with the attempts that it has left: lifts a pause, and runs it.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="pauseAt">Where a paused relocation pauses next. Default: nowhere.</param>
    /// <param name="cancellationToken">Cancels the run; the next one goes on.</param>
    /// <exception cref="RelocationTaskException">
    /// The relocation does not exist, it has ended, another runner has it, it cannot be paused there, there is no key to decrypt files
    /// with, or the tables are of another version.
    /// </exception>
    public async Task<RelocationState> ResumeAsync(
        DbConnection connection, Guid uuid, RelocationStep? pauseAt = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RefuseWithoutKey();
        await RefuseOtherTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        await Orders(connection).ResumeAsync(uuid, pauseAt, cancellationToken).ConfigureAwait(false);
        return await RunAsync(connection, uuid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts a failed relocation again, as a new one with the same file, owner and organizations. It does not run yet. What the failed one
    /// imported stays; abandon it to remove that.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The failed relocation's identity.</param>
    /// <param name="creator">The user name of the requester. Default: the owner.</param>
    /// <param name="newUuid">The identity of the new one. Default: a random one.</param>
    /// <param name="cancellationToken">Cancels the start; then nothing was started.</param>
    /// <returns>The new relocation.</returns>
    /// <exception cref="RelocationTaskException">
    /// It has not failed, its file or owner no longer exists, or the owner has another unfinished relocation.
    /// </exception>
    public async Task<RelocationState> RetryAsync(
        DbConnection connection, Guid uuid, string? creator = null, Guid? newUuid = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await RefuseOtherTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        var begun = await new RelocationStart(_engine, connection, _options).RetryAsync(uuid, creator, newUuid, cancellationToken).ConfigureAwait(false);
        return await FindAsync(connection, begun, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Pauses a relocation before a step.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="at">
    /// The step, from <see cref="RelocationStep.Preprocessing"/> to <see cref="RelocationStep.Notifying"/>. Default: the next.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">The relocation does not exist, it has ended, or it is past that step.</exception>
    public Task<RelocationState> PauseAsync(DbConnection connection, Guid uuid, RelocationStep? at = null, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.PauseAsync(uuid, at, cancellationToken), cancellationToken);

    /// <summary>Lifts the pause of a relocation, so that it can be run again; or moves or removes the mark of one that is going to pause.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="pauseAt">Where it pauses next. Default: nowhere.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">
    /// The relocation does not exist, it neither is paused nor will be, or it is past that step.
    /// </exception>
    public Task<RelocationState> UnpauseAsync(
        DbConnection connection, Guid uuid, RelocationStep? pauseAt = null, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.UnpauseAsync(uuid, pauseAt, cancellationToken), cancellationToken);

    /// <summary>Cancels a relocation before a step: it then fails. One that has failed already is not changed.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="at">
    /// The step, from <see cref="RelocationStep.Preprocessing"/> to <see cref="RelocationStep.Notifying"/>. Default: the next.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">The relocation does not exist, it has succeeded, or it is past that step.</exception>
    public Task<RelocationState> CancelAsync(DbConnection connection, Guid uuid, RelocationStep? at = null, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.CancelAsync(uuid, at, cancellationToken), cancellationToken);

    /// <summary>
    /// Makes a relocation fail at once, even while a runner holds it. Nothing that it has written is deleted, and nobody is notified.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">The relocation does not exist, or it has ended.</exception>
    public Task<RelocationState> AbortAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.AbortAsync(uuid, cancellationToken), cancellationToken);

    /// <summary>
    /// Gives a relocation up: makes it fail if it has not, deletes what its import inserted, and all its files except the one that it was
    /// started with. Nobody is notified.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    /// <exception cref="RelocationTaskException">
    /// The relocation does not exist, it has succeeded, a runner holds it, or other rows refer to what it imported.
    /// </exception>
    public Task<RelocationState> AbandonAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.AbandonAsync(uuid, cancellationToken), cancellationToken);

    /// <summary>The state of a relocation.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RelocationTaskException">The relocation does not exist.</exception>
    public async Task<RelocationState> FindAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var sql = new TaskSql(_engine, connection, null);
        var row = await RelocationRows.FindAsync(sql, uuid, cancellationToken).ConfigureAwait(false) ?? throw Sentry.Errors.RelocationMissing(uuid);
        return await StateReading.ReadAsync(sql, row, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The states of all relocations, the oldest first.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<RelocationState>> ListAsync(DbConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var sql = new TaskSql(_engine, connection, null);
        var states = new List<RelocationState>();
        foreach (var row in await RelocationRows.ListAsync(sql, cancellationToken).ConfigureAwait(false))
        {
            states.Add(await StateReading.ReadAsync(sql, row, cancellationToken).ConfigureAwait(false));
        }

        return states;
    }

    /// <summary>A run that could read no file would use up attempts.</summary>
    private void RefuseWithoutKey()
    {
        if (_options.Decryptor is null && (!_options.AllowPlainJson || _options.Encryptor is not null))
        {
            throw Sentry.Errors.NoDecryptor();
        }
    }

    private Task RefuseOtherTablesAsync(DbConnection connection, CancellationToken cancellationToken) =>
        TableCheck.RefuseOtherAsync(new TaskSql(_engine, connection, null), Model, cancellationToken);

    private RelocationOrders Orders(DbConnection connection) => new(_engine, connection, _options, _steps);

    private async Task<RelocationState> OrderAsync(
        DbConnection connection, Guid uuid, Func<RelocationOrders, Task> order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await order(Orders(connection)).ConfigureAwait(false);
        return await FindAsync(connection, uuid, cancellationToken).ConfigureAwait(false);
    }
}
