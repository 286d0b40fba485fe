using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry;
using Relocation.Testing.Sentry.Events.Buffering;
using Relocation.Testing.Sentry.Events.Storing;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing;

/// <summary>
/// Saves error events, transactions and generic events as Sentry's <c>EventManager</c> does (docs/events.md): releases, environments,
/// groups with their counters and states, payloads, and the event stream.
/// </summary>
/// <remarks>
/// <para>The database needs the tables of <see cref="Model"/>; <see cref="SchemaSource.CreateMissingTablesAsync"/> creates those that an
/// import did not need. Projects and organizations must exist, imported or created otherwise. Imports never save events, and saving events
/// imports nothing.</para>
/// <para>Events of one call are saved as if one after another, each with its own result: a discarded one affects no other. A call costs the
/// same number of statements, however many events it has. Writers to one organization wait for each other.</para>
/// <para>An instance may serve several connections, one call at a time each.</para>
/// </remarks>
public sealed class EventWriter
{
    private const string Savepoint = "relocation_events";

    private readonly ConditionalWeakTable<DbConnection, EventConnection> _connections = [];
    private readonly DatabaseEngine _engine;
    private readonly EventSettings _settings;
    private readonly EventSql _sql;
    private readonly EventBuffer _buffer = new();

    /// <summary>Prepares the saving of events into one kind of database.</summary>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">How events are saved, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The version, or a name in <see cref="EventWriterOptions.With"/>, is unknown.</exception>
    /// <exception cref="NotSupportedException">A requested feature is left out; the message says why.</exception>
    public EventWriter(DatabaseEngine engine, EventWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new EventWriterOptions();
        LeftOutFeatures.Refuse(options.With);
        _engine = engine;
        Model = SentryModel.Create(engine, SentryTables.Events, options.Version);
        _settings = new EventSettings(options);
        _sql = EventSql.Of(engine);
    }

    /// <summary>Everything that Sentry does with events and this library does not, by name.</summary>
    public static IReadOnlyList<EventLeftOut> LeftOut => LeftOutFeatures.All;

    /// <summary>The tables that events are saved into: Sentry's models, and those that only events are written to.</summary>
    public RelocationModel Model { get; }

    /// <summary>Saves one event, in a transaction of its own.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="projectId">The project's key.</param>
    /// <param name="data">The event, which saving changes.</param>
    /// <param name="cancellationToken">Cancels the saving; the database is then as it was.</param>
    /// <exception cref="EventRefusedException">The project does not exist, or the event cannot be stored. The database is unchanged.</exception>
    public async Task<EventResult> SaveAsync(
        DbConnection connection, long projectId, JsonObject data, CancellationToken cancellationToken = default) =>
        (await SaveManyAsync(connection, [new EventInput(projectId, data)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Saves events as if one after another, in one transaction.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="events">The events, in the order in which they come in.</param>
    /// <param name="cancellationToken">Cancels the saving; the database is then as it was.</param>
    /// <returns>The result of each event, in their order.</returns>
    /// <exception cref="EventRefusedException">
    /// A project is unknown, or an event cannot be stored: <see cref="EventRefusedException.Index"/> says which. The database is unchanged.
    /// </exception>
    /// <exception cref="DatabaseException">
    /// The database lacks tables of <see cref="Model"/>, or cannot write; its fault says why. It is unchanged.
    /// </exception>
    public async Task<IReadOnlyList<EventResult>> SaveManyAsync(
        DbConnection connection, IReadOnlyList<EventInput> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return [];
        }

        return await _engine.TranslateFaultsAsync(connection, Errors.EventsNotSaved(), SaveAsync).ConfigureAwait(false);

        async Task<IReadOnlyList<EventResult>> SaveAsync()
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var batch = await RunAsync(transaction, events, isOfCaller: false, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return Keep(batch);
            }
        }
    }

    /// <summary>
    /// Saves events as if one after another, within a transaction of the caller. If saving fails, what it wrote is undone, and the
    /// transaction remains usable.
    /// </summary>
    /// <remarks>
    /// Values held back by <see cref="EventBufferMode.Deferred"/> are not discarded if the transaction is rolled back later: use another
    /// writer in that case.
    /// </remarks>
    /// <param name="transaction">A transaction of the engine.</param>
    /// <param name="events">The events, in the order in which they come in.</param>
    /// <param name="cancellationToken">Cancels the saving.</param>
    /// <returns>The result of each event, in their order.</returns>
    /// <exception cref="EventRefusedException">A project is unknown, or an event cannot be stored.</exception>
    public async Task<IReadOnlyList<EventResult>> SaveManyAsync(
        DbTransaction transaction, IReadOnlyList<EventInput> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return [];
        }

        var connection = transaction.Connection ?? throw Errors.TransactionEnded(nameof(transaction));
        return await _engine.TranslateFaultsAsync(connection, Errors.EventsNotSaved(), SaveAsync).ConfigureAwait(false);

        async Task<IReadOnlyList<EventResult>> SaveAsync()
        {
            await transaction.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
            try
            {
                var batch = await RunAsync(transaction, events, isOfCaller: true, cancellationToken).ConfigureAwait(false);
                await transaction.ReleaseAsync(Savepoint, cancellationToken).ConfigureAwait(false);
                return Keep(batch);
            }
            catch
            {
                await TakeBackAsync(transaction).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Writes the values held back by <see cref="EventBufferMode.Deferred"/>, in a transaction of its own.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="cancellationToken">Cancels the writing; what was held back stays so.</param>
    public async Task FlushBuffersAsync(DbConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await _engine.TranslateFaultsAsync(connection, Errors.BuffersNotFlushed(), FlushAsync).ConfigureAwait(false);

        async Task<bool> FlushAsync()
        {
            var held = _buffer.Take();
            try
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await held.WriteAsync(SessionOf(transaction), cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return true;
                }
            }
            catch
            {
                _buffer.PutBack(held);
                throw;
            }
        }
    }

    /// <summary>
    /// Undoes what a failed call wrote. If the transaction has ended, nothing of it is left, and the error that ended it is reported.
    /// </summary>
    private static async Task TakeBackAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // See above.
        }
    }

    private async Task<EventBatch> RunAsync(
        DbTransaction transaction, IReadOnlyList<EventInput> events, bool isOfCaller, CancellationToken cancellationToken)
    {
        var batch = new EventBatch(_settings, SessionOf(transaction), isOfCaller);
        await batch.RunAsync(events, cancellationToken).ConfigureAwait(false);
        return batch;
    }

    private IReadOnlyList<EventResult> Keep(EventBatch batch)
    {
        batch.KeepReleases();
        _buffer.Add(batch.Held);
        return batch.Results();
    }

    private EventSession SessionOf(DbTransaction transaction)
    {
        var connection = transaction.Connection ?? throw Errors.TransactionEnded(nameof(transaction));
        var prepared = _connections.GetValue(connection, created => new EventConnection(_sql, created));
        prepared.Begin();
        return new EventSession(_sql, prepared, transaction);
    }
}
