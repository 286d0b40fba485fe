using System.Buffers.Binary;
using System.Data.Common;
using Microsoft.Extensions.Logging;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Running;
using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>The context of an attempt.</summary>
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

    /// <summary>The number of the attempt, from 1.</summary>
    internal int Attempt => Relocation.LatestTaskAttempts;

    internal int AttemptsLeft => Definition.MaxAttempts - Attempt;

    /// <summary>The files of the relocation.</summary>
    internal RunFiles Files => new(Options, Relocation.Uuid);

    internal ILogger Logger => Options.Logger;

    /// <summary>The task's clock.</summary>
    internal DateTimeOffset Now => Options.Clock.GetUtcNow();

    /// <summary>
    /// The seed of generated values: the same in every attempt, different in every relocation (docs/tasks.md, What fails, and when).
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

    /// <summary>Reports the attempt's progress.</summary>
    internal void Report(string detail) =>
        Options.Progress?.Report(new RelocationProgress(Relocation.Uuid, Definition.Name, Attempt, Definition.MaxAttempts, detail));

    /// <summary>
    /// Locks the relocation's row in a transaction, and checks that nobody has ended the relocation and that no other runner has taken it
    /// over. The lease is renewed with the transaction. Every transaction of an attempt must call it first, that of an import too.
    /// </summary>
    /// <param name="transaction">A transaction of <see cref="Connection"/>.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <returns>The current row.</returns>
    /// <exception cref="TaskStoppedException">The relocation has ended.</exception>
    /// <exception cref="RelocationTaskException">Another runner holds it.</exception>
    internal Task<RelocationRow> HoldAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        Lease.HoldAsync(new TaskSql(Engine, Connection, transaction), Now, cancellationToken);

    /// <summary>Writes something before the end of the attempt, in a transaction that locks the relocation.</summary>
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

    /// <summary>Renews the lease. To be called between the parts of a long attempt.</summary>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <param name="silence">How long it will be unable to renew it again, in addition to the lease's own time.</param>
    internal Task RenewLeaseAsync(CancellationToken cancellationToken, TimeSpan silence = default) => WriteAsync(
        (sql, cancellation) => Lease.HoldAsync(sql, Now, cancellation, wait: silence), cancellationToken);
}
