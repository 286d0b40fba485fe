using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Moves the counters of AUTOINCREMENT keys forward; prepared once for all tables of an import.</summary>
internal sealed class CounterStatement : IDisposable
{
    private readonly nint _database;
    private nint _begin;
    private nint _move;

    /// <param name="database">The connection's handle.</param>
    /// <param name="begins">Whether tables that have never had a row are given a counter; else rows have just been written to all.</param>
    internal CounterStatement(nint database, bool begins)
    {
        _database = database;
        _move = Prepare("UPDATE sqlite_sequence SET seq = ?1 WHERE name = ?2 COLLATE NOCASE AND seq < ?1"u8);
        _begin = begins
            ? Prepare("""
                INSERT INTO sqlite_sequence (name, seq) SELECT name, ?1 FROM sqlite_master AS t
                WHERE type = 'table' AND name = ?2 COLLATE NOCASE AND sql LIKE '%AUTOINCREMENT%'
                AND NOT EXISTS (SELECT 1 FROM sqlite_sequence AS s WHERE s.name = t.name)
                """u8)
            : 0;
    }

    /// <summary>Moves one table's counter.</summary>
    internal void Execute(string table, long highest)
    {
        var name = Encoding.UTF8.GetBytes(table);
        Execute(_move, name, highest);
        if (_begin != 0)
        {
            Execute(_begin, name, highest);
        }
    }

    public void Dispose()
    {
        _ = NativeMethods.Finalize(_move);
        _ = NativeMethods.Finalize(_begin);
        _move = _begin = 0;
    }

    private nint Prepare(ReadOnlySpan<byte> sql)
    {
        Check(NativeMethods.Prepare(_database, sql, sql.Length, 0, out var statement, 0), NativeMethods.Ok);
        return statement;
    }

    private unsafe void Execute(nint statement, byte[] name, long highest)
    {
        fixed (byte* start = name)
        {
            _ = NativeMethods.BindInteger(statement, 1, highest);
            _ = NativeMethods.BindText(statement, 2, (nint)start, name.Length, 0);
            Check(NativeMethods.Step(statement), NativeMethods.Done);
            _ = NativeMethods.Reset(statement);
        }
    }

    private void Check(int code, int expected)
    {
        if (code != expected)
        {
            throw new SqliteException(Marshal.PtrToStringUTF8(NativeMethods.ErrorMessage(_database)), code);
        }
    }
}
