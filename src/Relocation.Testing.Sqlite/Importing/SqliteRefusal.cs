using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Translates SQLite's refusal of a row.</summary>
internal static class SqliteRefusal
{
    private const int Check = 275;
    private const int ForeignKey = 787;
    private const int NotNull = 1299;
    private const int PrimaryKey = 1555;
    private const int Trigger = 1811;
    private const int Unique = 2067;
    private const int RowId = 2579;

    /// <summary>A refusal of the row, or SQLite's exception if no row is at fault.</summary>
    internal static Exception From(int extendedCode, string message, int? rank)
    {
        var refusal = new SqliteException(message, extendedCode & 0xFF, extendedCode);
        if (SqliteFaults.Of(extendedCode, message).IsEnvironment)
        {
            return refusal;
        }

        var kind = extendedCode switch
        {
            Unique or PrimaryKey or RowId => RefusalKind.Unique,
            ForeignKey => RefusalKind.ForeignKey,
            NotNull => RefusalKind.NotNull,
            Check => RefusalKind.Check,
            _ => RefusalKind.Other,
        };

        // After the colon SQLite names columns or a constraint; other errors may quote values, which must not be shown.
        var colon = message.IndexOf(": ", StringComparison.Ordinal);
        var constraint = kind is RefusalKind.Other or RefusalKind.ForeignKey || colon < 0 ? null : message[(colon + 2)..];
        return new RowRefusedException(
            extendedCode == Trigger ? TriggerErrors.RaisedByTrigger("SQLITE_CONSTRAINT_TRIGGER") : SqliteErrors.RowRefused(extendedCode), rank, kind, constraint, refusal);
    }
}
