using System.Data.Common;
using Relocation.Testing.Sentry.Tasks.Running;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing;

/// <summary>
/// Relocates organizations as Sentry does: by tasks in an order, each of which may be tried several times, from a file that was accepted to
/// organizations that are imported, handed over and announced (docs/sentry-import.md, section 10; docs/tasks.md).
/// </summary>
/// <remarks>
/// What a relocation is at is in the database alone: an instance holds no state of one, and a run that ends, whatever ends it, is gone on with by the
/// next. Connections are open ones of the engine, without a transaction.
/// </remarks>
public sealed class RelocationTask
{
    private readonly DatabaseEngine _engine;
    private readonly RelocationTaskOptions _options;
    private readonly TaskSteps _steps;

    /// <summary>Prepares relocations into one kind of database.</summary>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">How relocations are carried out.</param>
    /// <exception cref="ArgumentException">There is no such version; the message lists those that there are.</exception>
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

    /// <summary>The model that is relocated into: Sentry's, and the tables that imports and relocations write besides.</summary>
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

    /// <summary>Starts a relocation: stores the file, and makes the rows. Nothing of it runs yet.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="request">What is to be relocated, and for whom.</param>
    /// <param name="cancellationToken">Cancels the start; then nothing was started.</param>
    /// <exception cref="RelocationTaskException">It was refused; the message says why. Nothing was started.</exception>
    public async Task<RelocationState> StartAsync(DbConnection connection, RelocationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        await RefuseOtherTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        var uuid = await new RelocationStart(_engine, connection, _options).BeginAsync(request, cancellationToken).ConfigureAwait(false);
        return await FindAsync(connection, uuid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs a relocation until it succeeds, fails or pauses. What fails within it is in its state, and no exception. One that has ended or is paused
    /// stays so.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the run; the next one goes on.</param>
    /// <exception cref="RelocationTaskException">
    /// There is no such relocation, another runner has it, there is no key to decrypt files with, or other rows refer to what is to be taken back of a
    /// failed import.
    /// </exception>
    public async Task<RelocationState> RunAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RefuseWithoutKey();
        await RefuseOtherTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        await new TaskRunner(_engine, connection, _options, _steps, uuid).RunAsync(cancellationToken).ConfigureAwait(false);
        return await FindAsync(connection, uuid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with a relocation under its identity, with the attempts that it has left: lifts a pause, and runs it.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="pauseAt">Where it pauses next, for one that is paused. Default: nowhere.</param>
    /// <param name="cancellationToken">Cancels the run; the next one goes on.</param>
    /// <exception cref="RelocationTaskException">
    /// There is no such relocation, it has ended, another runner has it, it cannot be paused there, there is no key to decrypt files with, or the tables
    /// are of another version.
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
    /// Starts a failed relocation anew, as another one with the same file, owner and organizations. Nothing of it runs yet. What the failed one had
    /// imported stays; abandon it to have it removed.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The failed relocation's identity.</param>
    /// <param name="creator">The user name of who asks for it. Default: the owner.</param>
    /// <param name="newUuid">The identity of the new one. Default: a random one.</param>
    /// <param name="cancellationToken">Cancels the start; then nothing was started.</param>
    /// <returns>The new relocation.</returns>
    /// <exception cref="RelocationTaskException">It has not failed, or its file or owner is gone, or the owner has another relocation that has not ended.</exception>
    public async Task<RelocationState> RetryAsync(
        DbConnection connection, Guid uuid, string? creator = null, Guid? newUuid = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await RefuseOtherTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        var begun = await new RelocationStart(_engine, connection, _options).RetryAsync(uuid, creator, newUuid, cancellationToken).ConfigureAwait(false);
        return await FindAsync(connection, begun, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a relocation pause before a step.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="at">The step, from <see cref="RelocationStep.Preprocessing"/> to <see cref="RelocationStep.Notifying"/>. Default: the next.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">There is no such relocation, it has ended, or it is past that step.</exception>
    public Task<RelocationState> PauseAsync(DbConnection connection, Guid uuid, RelocationStep? at = null, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.PauseAsync(uuid, at, cancellationToken), cancellationToken);

    /// <summary>Lifts the pause of a relocation, which then runs again when it is run; or moves or takes away the mark of one that is to pause.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="pauseAt">Where it pauses next. Default: nowhere.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">There is no such relocation, it neither is paused nor will be, or it is past that step.</exception>
    public Task<RelocationState> UnpauseAsync(
        DbConnection connection, Guid uuid, RelocationStep? pauseAt = null, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.UnpauseAsync(uuid, pauseAt, cancellationToken), cancellationToken);

    /// <summary>Lets a relocation be cancelled before a step: it then fails. Nothing happens to one that has failed.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="at">The step, from <see cref="RelocationStep.Preprocessing"/> to <see cref="RelocationStep.Notifying"/>. Default: the next.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">There is no such relocation, it has succeeded, or it is past that step.</exception>
    public Task<RelocationState> CancelAsync(DbConnection connection, Guid uuid, RelocationStep? at = null, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.CancelAsync(uuid, at, cancellationToken), cancellationToken);

    /// <summary>Lets a relocation fail at once, also while a runner has it. Nothing that it has written is deleted, and nobody is told.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationTaskException">There is no such relocation, or it has ended.</exception>
    public Task<RelocationState> AbortAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.AbortAsync(uuid, cancellationToken), cancellationToken);

    /// <summary>
    /// Gives a relocation up: lets it fail where it has not, deletes what its import has inserted, and its files but for the one that it was started
    /// with. Nobody is told.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    /// <exception cref="RelocationTaskException">
    /// There is no such relocation, it has succeeded, a runner has it, or other rows refer to what it has imported.
    /// </exception>
    public Task<RelocationState> AbandonAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default) =>
        OrderAsync(connection, uuid, orders => orders.AbandonAsync(uuid, cancellationToken), cancellationToken);

    /// <summary>Says what a relocation is at.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="uuid">The relocation's identity.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RelocationTaskException">There is no such relocation.</exception>
    public async Task<RelocationState> FindAsync(DbConnection connection, Guid uuid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var sql = new TaskSql(_engine, connection, null);
        var row = await RelocationRows.FindAsync(sql, uuid, cancellationToken).ConfigureAwait(false) ?? throw Sentry.Errors.RelocationMissing(uuid);
        return await StateReading.ReadAsync(sql, row, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what all relocations are at, the oldest first.</summary>
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
