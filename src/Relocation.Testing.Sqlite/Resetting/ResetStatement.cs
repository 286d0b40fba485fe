using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Sqlite.Statements;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>A statement that each reset runs, prepared once.</summary>
/// <remarks>
/// A command costs more than most of these statements do.
/// </remarks>
internal sealed class ResetStatement : IDisposable
{
    /// <summary>The time between two attempts while another connection blocks, whose end is not signalled.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly SqliteConnection _connection;
    private readonly TimeSpan _limit;
    private readonly sqlite3_stmt _statement;

    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="limit">How long to wait for other connections.</param>
    internal ResetStatement(SqliteConnection connection, string sql, TimeSpan limit)
    {
        (_connection, _limit) = (connection, limit);
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), connection.Handle);
    }

    /// <summary>Runs a statement without a result.</summary>
    /// <exception cref="SqliteException">SQLite refuses it, or has waited for another connection for too long.</exception>
    internal void Run()
    {
        var code = Step();
        Stop();
        SqliteException.ThrowExceptionForRC(code, _connection.Handle);
    }

    /// <summary>Reads the next row's only column; after the last one the statement can be read again.</summary>
    /// <exception cref="SqliteException">SQLite refuses it, or has waited for another connection for too long.</exception>
    internal bool Read(out long value)
    {
        var code = Step();
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

    private int Step()
    {
        var code = raw.sqlite3_step(_statement);
        return IsContention(code) ? StepAgain(code) : code;
    }

    private int StepAgain(int code)
    {
        var started = Stopwatch.GetTimestamp();
        while (IsContention(code) && Stopwatch.GetElapsedTime(started) < _limit)
        {
            Stop();
            // SQLite does not signal the end of another connection's lock.
            Thread.Sleep(Pause);
            code = raw.sqlite3_step(_statement);
        }

        return code;
    }
}
