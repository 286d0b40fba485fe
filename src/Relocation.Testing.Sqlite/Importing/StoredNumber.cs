using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Sqlite.Statements;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing;

/// <summary>Asks SQLite what a decimal becomes in a column that stores it as a floating-point number: not every decimal is preserved.</summary>
internal sealed class StoredNumber(nint database) : IDisposable
{
    private nint _statement;

    public void Dispose()
    {
        _ = NativeMethods.Finalize(_statement);
        _statement = 0;
    }

    /// <summary>Whether the text of a number is one of the same number after the column has kept it.</summary>
    /// <param name="address">Where the text is.</param>
    /// <param name="length">How many bytes it has.</param>
    internal unsafe bool IsKept(nint address, int length)
    {
        if (_statement == 0)
        {
            var sql = "SELECT CAST(CAST(?1 AS REAL) AS TEXT)"u8;
            var code = NativeMethods.Prepare(database, sql.ToArray(), sql.Length, 0, out _statement, 0);
            if (code != NativeMethods.Ok)
            {
                throw new SqliteException(Marshal.PtrToStringUTF8(NativeMethods.ErrorMessage(database)), code);
            }
        }

        _ = NativeMethods.BindText(_statement, 1, address, length, 0);
        var isRow = NativeMethods.Step(_statement) == NativeMethods.Row;
        var kept = new ReadOnlySpan<byte>((void*)NativeMethods.ColumnText(_statement, 0), NativeMethods.ColumnBytes(_statement, 0));
        var isKept = isRow && ExactDecimal.TryParse(kept, out var number)
            && ExactDecimal.TryParse(new ReadOnlySpan<byte>((void*)address, length), out var given) && number == given;
        _ = NativeMethods.Reset(_statement);
        return isKept;
    }
}
