using System.Data;
using Npgsql;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing;

/// <content>Commits chunk by chunk.</content>
internal sealed partial class PostgreSqlImportTransaction
{
    /// <summary>Other imports that commit chunk by chunk wait for it, before they lock anything else; the number is nobody else's.</summary>
    private const string LedgerLock = "SELECT pg_advisory_xact_lock(7369102840265)";

    internal override async Task CommitChunkAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Nothing is set aside, and the commit checks what is deferred.
            await ExecuteAsync([.. _cuts.EndStatements(), .. ReleaseStatements()], cancellationToken).ConfigureAwait(false);
            Stop?.BeforeStatement();
            await _watch.WhileAsync(() => _transaction.CommitAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, exception.TableName);
        }

        await _transaction.DisposeAsync().ConfigureAwait(false);
        foreach (var counter in _tables.Values.SelectMany(CountersOf))
        {
            counter.MovedTo = null;
            counter.RollsBack = false;
        }

        _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await _watch.BeginAsync([LedgerLock, RowSecurity.Off, .. _checks.BeginStatements(_engine, _isCallers)], cancellationToken).ConfigureAwait(false);
        await HoldBackAsync(cancellationToken).ConfigureAwait(false);
    }
}
