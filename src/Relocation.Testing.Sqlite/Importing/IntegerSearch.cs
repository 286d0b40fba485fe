using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Asks which rows equal lists of values where rows have integer keys, as nearly all have: nothing is copied on the way.</summary>
internal static class IntegerSearch
{
    /// <param name="database">The connection's handle.</param>
    /// <param name="query">The question, with one parameter; its rows are the index of a list and a key, or null.</param>
    /// <param name="json">The parameter.</param>
    /// <param name="ranks">What each list is for.</param>
    /// <exception cref="SqliteException">The database refuses the question.</exception>
    internal static unsafe List<(int Index, RecordKey? Key)> Find(nint database, string query, ReadOnlySpan<byte> json, ReadOnlySpan<int> ranks)
    {
        var found = new List<(int Index, RecordKey? Key)>();
        var sql = Encoding.UTF8.GetBytes(query);
        var code = NativeMethods.Prepare(database, sql, sql.Length, 0, out var statement, 0);
        try
        {
            fixed (byte* start = json)
            {
                code = code == NativeMethods.Ok ? NativeMethods.BindText(statement, 1, (nint)start, json.Length, 0) : code;
                for (code = code == NativeMethods.Ok ? NativeMethods.Step(statement) : code;
                    code == NativeMethods.Row;
                    code = NativeMethods.Step(statement))
                {
                    RecordKey? key = NativeMethods.ColumnType(statement, 1) == NativeMethods.TypeNull
                        ? null
                        : RecordKey.From(NativeMethods.ColumnInteger(statement, 1));
                    found.Add((ranks[(int)NativeMethods.ColumnInteger(statement, 0)], key));
                }

                if (code != NativeMethods.Done)
                {
                    throw new SqliteException(Marshal.PtrToStringUTF8(NativeMethods.ErrorMessage(database)), code);
                }
            }
        }
        finally
        {
            _ = NativeMethods.Finalize(statement);
        }

        return found;
    }
}
