using System.Data.Common;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.Engines;

/// <summary>Keeps one transaction open on a connection of its own, in which a test works, and rolls it back.</summary>
/// <param name="engine">The engine.</param>
/// <param name="lease">The database.</param>
internal abstract class OpenTransaction(DatabaseEngine engine, DatabaseLease lease) : BaselineReset
{
    /// <summary>Whoever ends the transaction ends the savepoint too, which is how that is noticed.</summary>
    private const string Savepoint = "relocation_baseline";

    private const string RollBackToStart = $"ROLLBACK TO SAVEPOINT {Savepoint}";

    private DbConnection? _connection;
    private bool _isSpoiled;

    /// <summary>The transaction, or null while there is none.</summary>
    internal DbTransaction? Current { get; private set; }

    internal override async Task CaptureAsync(CancellationToken cancellationToken)
    {
        await CloseAsync().ConfigureAwait(false);
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await PrepareAsync(connection, cancellationToken).ConfigureAwait(false);
        await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task RestoreAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isSpoiled)
        {
            throw ResetErrors.TransactionEnded(engine.Name, null);
        }

        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (Current is { } current)
        {
            if (await TryExecuteAsync(connection, RollBackToStart).ConfigureAwait(false) is { } refusal)
            {
                _isSpoiled = true;
                throw ResetErrors.TransactionEnded(engine.Name, refusal);
            }

            await current.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
            await current.DisposeAsync().ConfigureAwait(false);
            Current = null;
        }

        await CompleteAsync(connection, CancellationToken.None).ConfigureAwait(false);
        await BeginAsync(connection, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Rolls the transaction back; the next reset begins another.</summary>
    internal override ValueTask ReleaseAsync() => new(CloseAsync());

    public override async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    /// <summary>Remembers what no transaction takes back.</summary>
    private protected virtual Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts back what no transaction takes back.</summary>
    private protected virtual Task CompleteAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // The text is constant.
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        Current = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"SAVEPOINT {Savepoint}").ConfigureAwait(false);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            var connection = engine.CreateConnection(lease.ConnectionString);
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                _connection = connection;
            }
            finally
            {
                if (_connection is null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }
            }
        }

        return _connection;
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            if (Current is not null)
            {
                Current = null;
                await EnsureOpenAsync(connection).ConfigureAwait(false);
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A driver rolls back what it takes for an open transaction, and fails where a statement of the test's has ended it.</summary>
    private static async Task EnsureOpenAsync(DbConnection connection)
    {
        if (await TryExecuteAsync(connection, RollBackToStart).ConfigureAwait(false) is not null)
        {
            // Where this fails too, the driver knows that there is no transaction, or the connection is broken.
            await TryExecuteAsync(connection, "BEGIN").ConfigureAwait(false);
        }
    }

    private static async Task<Exception?> TryExecuteAsync(DbConnection connection, string sql)
    {
        try
        {
            await ExecuteAsync(connection, sql).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            return exception;
        }
    }
}
