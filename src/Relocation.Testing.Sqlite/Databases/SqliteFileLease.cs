using System.Data.Common;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Resetting;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A database in a file.</summary>
/// <param name="path">The file.</param>
/// <param name="isOwn">Whether the file was made for this lease.</param>
/// <param name="remove">Whether the file is deleted when the lease ends.</param>
/// <param name="target">The target of copies, or null if the user named the file.</param>
/// <param name="release">Called when the lease ends, or null.</param>
/// <param name="givenName">The name that the user gave, which may be a link's; or null.</param>
internal sealed class SqliteFileLease(
    string path, bool isOwn, bool remove, DatabaseTarget? target, Action? release, string? givenName = null) : DatabaseLease
{
    private Action? _release = release;

    internal override string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = path }.ToString();

    internal override bool IsOwn => isOwn;

    internal override string? GivenName => givenName;

    /// <summary>
    /// A file that is deleted with its lease need not survive a power failure, so SQLite need not wait for the disk; a killed process loses
    /// nothing by that.
    /// </summary>
    internal override Task ReadyAsync(DbConnection connection, CancellationToken cancellationToken) =>
        remove ? ((SqliteConnection)connection).ExecuteAsync("PRAGMA synchronous = OFF", cancellationToken) : Task.CompletedTask;

    internal override async Task<DatabaseTemplate?> MakeTemplateAsync(CancellationToken cancellationToken) =>
        target is null ? null : await SqliteTemplate.OfAsync(this, target, cancellationToken).ConfigureAwait(false);

    internal override Task<KeptDatabase> KeepAsync(KeptPlace place, CancellationToken cancellationToken) =>
        SqliteKeeping.RunAsync(ConnectionString, place, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            // Pooled connections hold the file open, and Windows does not delete open files.
            SqliteConnection.ClearPool(connection);
        }

        if (remove)
        {
            foreach (var suffix in (ReadOnlySpan<string>)["", "-journal", "-wal", "-shm"])
            {
                File.Delete(path + suffix);
            }
        }

        Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
