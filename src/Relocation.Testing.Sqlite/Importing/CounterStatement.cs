using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Relocation.Testing.Importing;

/// <summary>Moves the counters of AUTOINCREMENT keys forward; prepared once for all tables of an import.</summary>
internal sealed class CounterStatement : IDisposable
{
    private readonly nint _database;
    private nint _statement;

    internal CounterStatement(nint database)
    {
        _database = database;
        var sql = "UPDATE sqlite_sequence SET seq = ?1 WHERE name = ?2 COLLATE NOCASE AND seq < ?1"u8;
        Check(NativeMethods.Prepare(database, sql, sql.Length, 0, out _statement, 0), NativeMethods.Ok);
    }

    /// <summary>Moves one table's counter. Its row is there when the table counts up, as rows have just been written to it.</summary>
    internal unsafe void Execute(string table, long highest)
    {
        var name = Encoding.UTF8.GetBytes(table);
        fixed (byte* start = name)
        {
            _ = NativeMethods.BindInteger(_statement, 1, highest);
            _ = NativeMethods.BindText(_statement, 2, (nint)start, name.Length, 0);
            Check(NativeMethods.Step(_statement), NativeMethods.Done);
            _ = NativeMethods.Reset(_statement);
        }
    }

    public void Dispose()
    {
        _ = NativeMethods.Finalize(_statement);
        _statement = 0;
    }

    private void Check(int code, int expected)
    {
        if (code != expected)
        {
            throw new SqliteException(Marshal.PtrToStringUTF8(NativeMethods.ErrorMessage(_database)), code);
        }
    }
}
