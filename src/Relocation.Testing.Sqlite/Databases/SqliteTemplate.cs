using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Places;
using Relocation.Testing.Sqlite.Resetting;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>All pages of a database, to be copied into others.</summary>
/// <param name="pages">A connection to a database that does not change; disposed with the template.</param>
/// <param name="target">The target of copies.</param>
internal sealed class SqliteTemplate(SqliteConnection pages, DatabaseTarget target) : DatabaseTemplate
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Copies a database into memory.</summary>
    internal static async Task<SqliteTemplate> OfAsync(
        DatabaseLease lease, DatabaseTarget target, CancellationToken cancellationToken)
    {
        var pages = new SqliteConnection("Data Source=:memory:;Pooling=False");
        try
        {
            await pages.OpenAsync(cancellationToken).ConfigureAwait(false);
            var live = new SqliteConnection(Unpooled(lease));
            await using (live.ConfigureAwait(false))
            {
                await live.OpenAsync(cancellationToken).ConfigureAwait(false);
                live.BackupDatabase(pages);
            }

            return new SqliteTemplate(pages, target);
        }
        catch
        {
            await pages.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override async Task<DatabaseLease> CopyAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var lease = await target.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            await CopyToAsync(lease, cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch (Exception exception)
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            if (SqliteFaults.Of(exception) is { } fault)
            {
                throw new KnownFaultException(PlacedFault.Of(fault, SqliteLocation.Of(new SqliteConnectionStringBuilder(lease.ConnectionString))), exception);
            }

            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await pages.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private static string Unpooled(DatabaseLease lease) =>
        new SqliteConnectionStringBuilder(lease.ConnectionString) { Pooling = false }.ToString();

    private async Task CopyToAsync(DatabaseLease lease, CancellationToken cancellationToken)
    {
        var live = new SqliteConnection(Unpooled(lease));
        await using (live.ConfigureAwait(false))
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            await UndoSession.RelaxAsync(live, lease, cancellationToken).ConfigureAwait(false);

            // One connection cannot be read by two at the same time.
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                pages.BackupDatabase(live);
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}
