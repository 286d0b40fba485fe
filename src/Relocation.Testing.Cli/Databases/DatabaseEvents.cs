using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using Relocation.Testing.Cli.Eventing;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Waiting;
using Relocation.Testing.Schemas;
using Relocation.Testing.Sqlite.Waiting;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Saves a file of events into one database, missing tables included: all or nothing, unless each batch is committed.</summary>
internal sealed class DatabaseEvents
{
    /// <summary>A batch ends after the event with which it reaches this many bytes of text, so memory does not grow with the file.</summary>
    private const long LongestBatch = 1 << 23;

    private SqliteWait? _fileWait;

    private LockWatch? _lockWatch;

    /// <summary>How many events are committed.</summary>
    private long _committed;

    /// <summary>How many events were saved before the current batch.</summary>
    private long _before;

    internal required DatabaseLocation Location { get; init; }

    internal required EventWriter Writer { get; init; }

    /// <summary>The project of all events, or null for each event's own.</summary>
    internal long? Project { get; init; }

    internal required int BatchSize { get; init; }

    internal bool CommitsBatches { get; init; }

    internal bool CreatesTables { get; init; }

    internal bool AllowAnyName { get; init; }

    /// <summary>How long to wait for others.</summary>
    internal required Patience Patience { get; init; }

    /// <summary>Receives how many bytes of the file were read.</summary>
    internal required IProgress<long> Progress { get; init; }

    internal async Task RunAsync(EventFile file, EventCounts counts, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(file, counts, cancellationToken).ConfigureAwait(false);
        }
        catch (EventFileException failure) when (_committed > 0)
        {
            throw failure.Followed(Errors.EventsCommitted(_committed));
        }
    }

    private async Task SaveAsync(EventFile file, EventCounts counts, CancellationToken cancellationToken)
    {
        var database = await OpenDatabase.OpenAsync(Location, mayCreate: false, AllowAnyName, Patience, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await Location.Engine.TranslateFaultsAsync(
                database.Connection, Errors.EventsNotSaved(CommitsBatches), () => SaveAsync(database.Connection, file, counts, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task<bool> SaveAsync(DbConnection connection, EventFile file, EventCounts counts, CancellationToken cancellationToken)
    {
        var isFirst = true;
        var more = true;
        while (more)
        {
            var transaction = await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                if (isFirst && CreatesTables)
                {
                    counts.Tables = await WhileWatchedAsync(
                        () => ModelSchema.CreateMissingAsync(transaction, Writer.Model, Location.Engine, cancellationToken), cancellationToken).ConfigureAwait(false);
                }

                do
                {
                    more = await SaveBatchAsync(transaction, file, counts, cancellationToken).ConfigureAwait(false);
                }
                while (more && !CommitsBatches);
                await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
                _committed = counts.Events;
            }

            isFirst = false;
        }

        await Location.Engine.Schema.CompleteAsync(connection, Writer.Model, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Reports the holder of a lock after a second, and waits as long as the command line says.</summary>
    private async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (connection is SqliteConnection file)
        {
            _fileWait = new SqliteWait(file, Patience);
            return await _fileWait.BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        _lockWatch = new LockWatch((NpgsqlConnection)connection, Patience);
        await _lockWatch.BeginAsync([], cancellationToken).ConfigureAwait(false);
        return transaction;
    }

    private Task CommitAsync(DbTransaction transaction, CancellationToken cancellationToken) => _fileWait is null
        ? transaction.CommitAsync(cancellationToken)
        : _fileWait.DoAsync(() => transaction.CommitAsync(cancellationToken), cancellationToken);

    private Task<T> WhileWatchedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        _lockWatch is null ? work() : _lockWatch.WhileAsync(work, cancellationToken);

    /// <returns>Whether there may be more events.</returns>
    private async Task<bool> SaveBatchAsync(DbTransaction transaction, EventFile file, EventCounts counts, CancellationToken cancellationToken)
    {
        var events = new List<PlacedEvent>();
        var inputs = new List<EventInput>();
        var start = file.Taken;
        var isAtEnd = false;
        while (events.Count < BatchSize && file.Taken - start < LongestBatch)
        {
            if (await file.NextAsync(cancellationToken).ConfigureAwait(false) is not { } next)
            {
                isAtEnd = true;
                break;
            }

            events.Add(next);
            inputs.Add(new EventInput(ProjectOf(next), next.Data));
        }

        try
        {
            var results = await WhileWatchedAsync(() => Writer.SaveManyAsync(transaction, inputs, cancellationToken), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < results.Count; i++)
            {
                if (results[i].Outcome == EventOutcome.Failed)
                {
                    throw new EventFileException(BackupProblemKind.RecordRefused, results[i].Reason!, events[i].Place);
                }

                counts.Add(results[i]);
            }
        }
        catch (EventRefusedException refusal)
        {
            throw new EventFileException(BackupProblemKind.RecordRefused, Numbered(refusal), events[refusal.Index].At(refusal.Pointer), refusal);
        }

        _before += events.Count;
        Progress.Report(file.Position);
        return !isAtEnd;
    }

    /// <summary>The refusal's message, with the event's number in the file instead of that in the batch.</summary>
    private string Numbered(EventRefusedException refusal)
    {
        var inBatch = string.Create(CultureInfo.InvariantCulture, $"Event {refusal.Index + 1}");
        return refusal.Message.StartsWith(inBatch, StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"Event {_before + refusal.Index + 1}{refusal.Message.AsSpan(inBatch.Length)}")
            : refusal.Message;
    }

    private long ProjectOf(PlacedEvent placed) => Project
        ?? (placed.Data["project"] is JsonValue value && value.TryGetValue<long>(out var project) ? project
            : throw new EventFileException(BackupProblemKind.MissingMember, Errors.NoProject(), placed.At(placed.Data.ContainsKey("project") ? "/project" : string.Empty)));
}
