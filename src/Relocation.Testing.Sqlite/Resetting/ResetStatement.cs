using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>A statement that each reset runs, prepared once.</summary>
/// <remarks>
/// A command costs more than most of these statements do. Where another connection is in the way a command runs after all,
/// since it waits as long as the connection says.
/// </remarks>
internal sealed class ResetStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _sql;
    private readonly sqlite3_stmt _statement;

    internal ResetStatement(SqliteConnection connection, string sql)
    {
        (_connection, _sql) = (connection, sql);
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), connection.Handle);
    }

    /// <summary>Runs a statement without a result.</summary>
    /// <exception cref="SqliteException">SQLite refuses it, or has waited for another connection for too long.</exception>
    internal void Run()
    {
        var code = raw.sqlite3_step(_statement);
        _ = raw.sqlite3_reset(_statement);
        if (IsContention(code))
        {
            using var command = Command();
            command.ExecuteNonQuery();
            return;
        }

        SqliteException.ThrowExceptionForRC(code, _connection.Handle);
    }

    /// <summary>Reads the next row's only column; after the last one the statement can be read again.</summary>
    /// <exception cref="SqliteException">SQLite refuses it, or has waited for another connection for too long.</exception>
    internal bool Read(out long value)
    {
        var code = raw.sqlite3_step(_statement);
        if (IsContention(code))
        {
            Stop();
            using var command = Command();
            using var reader = command.ExecuteReader();
            code = raw.sqlite3_step(_statement);
        }

        value = code == raw.SQLITE_ROW ? raw.sqlite3_column_int64(_statement, 0) : 0;
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        Stop();
        SqliteException.ThrowExceptionForRC(code, _connection.Handle);
        return false;
    }

    /// <summary>Reads no more rows.</summary>
    internal void Stop() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private static bool IsContention(int code) => code is not (raw.SQLITE_DONE or raw.SQLITE_ROW) && SqliteFaults.Of(code, string.Empty).IsContention;

    private SqliteCommand Command()
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of quoted names that come from the database's own catalogue.
        command.CommandText = _sql;
#pragma warning restore CA2100
        return command;
    }
}
