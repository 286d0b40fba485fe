using System.Data;
using System.Globalization;
using Npgsql;

namespace Relocation.Testing.Importing;

/// <content>Commits chunk by chunk, and key counters that are rolled back.</content>
internal sealed partial class PostgreSqlImportTransaction
{
    /// <summary>Other imports that commit chunk by chunk wait for it, before they lock anything else; the number is nobody else's.</summary>
    private const string LedgerLock = "SELECT pg_advisory_xact_lock(7369102840265)";

    internal override async Task CommitChunkAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Nothing is set aside, and the commit checks what is deferred.
            await ExecuteAsync([.. _cuts.EndStatements()], timeout: 0, cancellationToken).ConfigureAwait(false);
            Stop?.BeforeStatement();
            await _transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, exception.TableName);
        }

        await _transaction.DisposeAsync().ConfigureAwait(false);
        foreach (var counter in _tables.Values.Select(table => table.Counter).OfType<KeyCounter>())
        {
            counter.MovedTo = null;
            counter.RollsBack = false;
        }

        _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync([LedgerLock, .. _checks.BeginStatements(_engine, _isCallers)], timeout: 0, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task HoldCounterAsync(RelocationEntity entity, CancellationToken cancellationToken)
    {
        if (_isCallers)
        {
            return;
        }

        var table = await TableAsync(entity, cancellationToken).ConfigureAwait(false);
        if (table.Counter is { RollsBack: false, CanBeAltered: true } counter)
        {
            // Says nothing new, but has the server give the sequence a new file, which goes when the transaction is rolled back.
            var increment = counter.Increment.ToString(CultureInfo.InvariantCulture);
            await ExecuteAsync([$"ALTER SEQUENCE {counter.QuotedName} INCREMENT BY {increment}"], timeout: 0, cancellationToken).ConfigureAwait(false);
            counter.RollsBack = true;
        }
    }
}
