using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Places;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>Keeps a copy of all pages in memory and restores it: rows, counters and schema, byte for byte.</summary>
internal sealed class SqlitePageCopy(DatabaseLease lease) : BaselineReset
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder(lease.ConnectionString)
    {
        Pooling = false,
        DefaultTimeout = UndoSession.SecondsToWait,
    }.ToString();

    private SqliteConnection? _image;

    internal override async Task CaptureAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        _image = new SqliteConnection("Data Source=:memory:");
        await _image.OpenAsync(cancellationToken).ConfigureAwait(false);
        var live = await OpenLiveAsync(cancellationToken).ConfigureAwait(false);
        await using (live.ConfigureAwait(false))
        {
            live.BackupDatabase(_image);
        }
    }

    internal override async Task RestoreAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_image is null, this);
        await FilePlace.SecureAsync(lease).ConfigureAwait(false);
        try
        {
            var live = await OpenLiveAsync(cancellationToken).ConfigureAwait(false);
            await using (live.ConfigureAwait(false))
            {
                _image.BackupDatabase(live);
            }
        }
        catch (Exception exception) when (SqliteFaults.IsContention(exception))
        {
            throw ResetErrors.BaselineFailed(SqliteNames.Engine, ResetErrors.DatabaseInUse, exception);
        }
    }

    /// <summary>The copy restores the schema and the file, whatever happened to them.</summary>
    internal override async Task<Leftovers> LookAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_image is null, this);
        var place = new SqliteConnectionStringBuilder(_connectionString);
        if (place.Mode != SqliteOpenMode.Memory && !File.Exists(place.DataSource))
        {
            return new Leftovers(["deleted its database"], MustBeReplaced: false);
        }

        try
        {
            var live = await OpenLiveAsync(cancellationToken).ConfigureAwait(false);
            await using (live.ConfigureAwait(false))
            {
                if (OpenWork.OfOthers(live) is { MustBeReplaced: true } left)
                {
                    return left;
                }

                var now = await live.ReadAsync(SchemaDifference.SelectSql("main"), cancellationToken).ConfigureAwait(false);
                var baseline = await _image.ReadAsync(SchemaDifference.SelectSql("main"), cancellationToken).ConfigureAwait(false);
                return SchemaDifference.Sentence(now, baseline) is { } sentence ? new Leftovers([sentence], MustBeReplaced: false) : Leftovers.None;
            }
        }
        catch (Exception exception) when (SqliteFaults.IsContention(exception))
        {
            return OpenWork.Left;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_image is { } image)
        {
            _image = null;
            await image.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<SqliteConnection> OpenLiveAsync(CancellationToken cancellationToken)
    {
        var live = new SqliteConnection(_connectionString);
        try
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            await UndoSession.RelaxAsync(live, lease, cancellationToken).ConfigureAwait(false);
            return live;
        }
        catch
        {
            await live.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
