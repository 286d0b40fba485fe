using System.Buffers.Binary;
using System.Data.Common;
using Microsoft.Extensions.Logging;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Running;
using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>What an attempt of a task works with.</summary>
internal sealed class TaskContext
{
    internal required DatabaseEngine Engine { get; init; }

    /// <summary>An open connection to the database, without a transaction.</summary>
    internal required DbConnection Connection { get; init; }

    internal required RelocationTaskOptions Options { get; init; }

    /// <summary>The relocation's row as it stood when the attempt began.</summary>
    internal required RelocationRow Relocation { get; init; }

    internal required TaskDefinition Definition { get; init; }

    internal required TaskLease Lease { get; init; }

    /// <summary>Which attempt it is, from 1.</summary>
    internal int Attempt => Relocation.LatestTaskAttempts;

    internal int AttemptsLeft => Definition.MaxAttempts - Attempt;

    /// <summary>The files of the relocation.</summary>
    internal RunFiles Files => new(Options, Relocation.Uuid);

    internal ILogger Logger => Options.Logger;

    /// <summary>The task's clock.</summary>
    internal DateTimeOffset Now => Options.Clock.GetUtcNow();

    /// <summary>
    /// What everything invented is made from: the same in every attempt, another in every relocation (docs/tasks.md, What fails, and when).
    /// </summary>
    internal long Seed
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Relocation.Uuid.TryWriteBytes(bytes);
            return BinaryPrimitives.ReadInt64BigEndian(bytes) ^ BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        }
    }

    /// <summary>Statements outside of a transaction.</summary>
    internal TaskSql Sql => new(Engine, Connection, null);

    /// <summary>Exports of this instance, or of another database.</summary>
    /// <param name="engine">The kind of the other database. Default: this instance's.</param>
    internal SentryExport CreateExport(DatabaseEngine? engine = null) => new(engine ?? Engine, new SentryExportOptions { Version = Options.Version, Indentation = 0, Logger = Logger });

    /// <summary>Says what the attempt is at.</summary>
    internal void Report(string detail) =>
        Options.Progress?.Report(new RelocationProgress(Relocation.Uuid, Definition.Name, Attempt, Definition.MaxAttempts, detail));

    /// <summary>
    /// Locks the relocation's row in a transaction, and makes sure that this attempt is still wanted: that nobody has ended the relocation, and no
    /// other runner has taken it over. The lease is renewed with the transaction. To be called first in every transaction of an attempt, that of
    /// an import too.
    /// </summary>
    /// <param name="transaction">A transaction of <see cref="Connection"/>.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <returns>The row as it stands.</returns>
    /// <exception cref="TaskStoppedException">The relocation does not go on.</exception>
    /// <exception cref="RelocationTaskException">Another runner has it.</exception>
    internal Task<RelocationRow> HoldAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        Lease.HoldAsync(new TaskSql(Engine, Connection, transaction), Now, cancellationToken);

    /// <summary>Writes something before the attempt's end, in a transaction that holds the relocation.</summary>
    internal async Task<T> WriteAsync<T>(Func<TaskSql, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        var transaction = await Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await HoldAsync(transaction, cancellationToken).ConfigureAwait(false);
            var result = await write(new TaskSql(Engine, Connection, transaction), cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
    }

    /// <summary>Says that this runner goes on. To be called between the parts of a long attempt.</summary>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <param name="silence">How long it will not be able to say so again, besides the lease's own time.</param>
    internal Task RenewLeaseAsync(CancellationToken cancellationToken, TimeSpan silence = default) => WriteAsync(
        (sql, cancellation) => Lease.HoldAsync(sql, Now, cancellation, wait: silence), cancellationToken);
}
