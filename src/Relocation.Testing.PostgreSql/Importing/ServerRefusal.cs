using System.Globalization;
using Npgsql;

namespace Relocation.Testing.Importing;

/// <summary>Turns what the server says into a refusal that names constraint and record, but repeats no value.</summary>
internal static class ServerRefusal
{
    internal static RowRefusedException Of(PostgresException exception, string? table, int? rank = null)
    {
        var kind = exception.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => RefusalKind.Unique,
            PostgresErrorCodes.ForeignKeyViolation => RefusalKind.ForeignKey,
            PostgresErrorCodes.NotNullViolation => RefusalKind.NotNull,
            PostgresErrorCodes.CheckViolation => RefusalKind.Check,
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
            PostgresErrorCodes.RaiseException => Errors.RaisedByTrigger(exception.SqlState),
            PostgresErrorCodes.StringDataRightTruncation => $"A text is too long for {where} ({exception.SqlState}).",
            PostgresErrorCodes.NumericValueOutOfRange => $"A number is out of range for {where} ({exception.SqlState}).",
            PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter =>
                $"A text for {where} has a character that PostgreSQL does not store, such as NUL ({exception.SqlState}).",
            _ when TellsNoValues(exception.SqlState) =>
                $"PostgreSQL refused to write {where} ({exception.SqlState}): {exception.MessageText}.",
            _ => $"PostgreSQL refused to write {where} ({exception.SqlState}).",
        };
    }

    /// <summary>
    /// Constraint violations name constraints in their message and rows in their detail; class 22 (data) and messages of
    /// triggers may repeat values.
    /// </summary>
    private static bool TellsNoValues(string sqlState) =>
        sqlState[..2] is "0A" or "23" or "25" or "40" or "42" or "53" or "54" or "55" or "57";
}
