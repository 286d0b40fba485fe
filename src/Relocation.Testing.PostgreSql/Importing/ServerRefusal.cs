using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Translates the server's error into a refusal that names constraint and record, without values.</summary>
internal static class ServerRefusal
{
    /// <summary>The function of the server's that looks for a row's partition; its message is in the server's language.</summary>
    private const string PartitionSearch = "ExecFindPartition";

    /// <summary>A refusal of the row, or the server's exception if no row is at fault.</summary>
    internal static Exception Of(PostgresException exception, string? table, int? rank = null)
    {
        if (PostgreSqlFaults.Of(exception)!.IsEnvironment)
        {
            return exception;
        }

        if (PostgreSqlFaults.IsRaised(exception))
        {
            return new RowRefusedException(TriggerErrors.RaisedByTrigger(exception.SqlState), rank, RefusalKind.Other, null, exception);
        }

        var kind = exception.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => RefusalKind.Unique,
            PostgresErrorCodes.ForeignKeyViolation => RefusalKind.ForeignKey,
            PostgresErrorCodes.NotNullViolation => RefusalKind.NotNull,

            // A row without a partition has the error code of check constraints.
            PostgresErrorCodes.CheckViolation => exception.Routine == PartitionSearch ? RefusalKind.NoPartition : RefusalKind.Check,
            _ => RefusalKind.Other,
        };
        var constraint = exception.ConstraintName ?? exception.ColumnName;
        return new RowRefusedException(Message(exception, table), rank, kind, constraint, exception) { Table = exception.TableName };
    }

    /// <summary>
    /// The line of a COPY is in a text such as <c>COPY shop_order, line 3, column total</c>, whose words may be translated.
    /// </summary>
    internal static int? LineOf(string? where, string table)
    {
        var prefix = $"COPY {table}, ";
        foreach (var line in (where ?? string.Empty).Split('\n'))
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                var digits = line[prefix.Length..].SkipWhile(character => !char.IsAsciiDigit(character))
                    .TakeWhile(char.IsAsciiDigit).ToArray();
                return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            }
        }

        return null;
    }

    private static string Message(PostgresException exception, string? table)
    {
        var what = table is null ? "a table" : $"table '{table}'";
        var where = exception.ColumnName is { } column ? $"column '{column}' of {what}" : what;
        return exception.SqlState switch
        {
            PostgresErrorCodes.StringDataRightTruncation => $"A text is too long for {where} ({exception.SqlState}).",
            PostgresErrorCodes.NumericValueOutOfRange => $"A number is out of range for {where} ({exception.SqlState}).",
            PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter =>
                $"A text for {where} has a character that PostgreSQL does not store, such as NUL ({exception.SqlState}).",
            _ when PostgreSqlFaults.TellsNoValues(exception.SqlState) =>
                $"PostgreSQL refused to write {where} ({exception.SqlState}): {exception.MessageText}.",
            _ => $"PostgreSQL refused to write {where} ({exception.SqlState}).",
        };
    }
}
