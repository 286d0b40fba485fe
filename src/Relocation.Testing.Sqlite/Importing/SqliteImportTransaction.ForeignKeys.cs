using System.Globalization;
using System.Runtime.CompilerServices;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <content>The check of foreign keys before the commit.</content>
internal sealed partial class SqliteImportTransaction
{
    internal override async Task VerifyForeignKeysAsync(CancellationToken cancellationToken)
    {
        if (_isChunked)
        {
            // The database itself has checked each row, and does the rest when it commits.
            return;
        }

        if (_checksAll && await BrokenTableAsync(cancellationToken).ConfigureAwait(false) is var (child, missing) && child is not null)
        {
            throw Broken(child, missing);
        }

        for (var start = 0; start < _loads.Count && !_checksAll; start += TablesInQuery)
        {
            await CheckForeignKeysAsync(start, Math.Min(start + TablesInQuery, _loads.Count), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A table with a row whose foreign key does not hold, and the table it should lead to.</summary>
    private async Task<(string? Table, string Parent)> BrokenTableAsync(CancellationToken cancellationToken)
    {
        var command = Command("SELECT \"table\", \"parent\" FROM pragma_foreign_key_check LIMIT 1");
        await using var closing = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? (reader.GetString(0), reader.GetString(1)) : (null, string.Empty);
    }

    private async Task CheckForeignKeysAsync(int start, int end, CancellationToken cancellationToken)
    {
        var sql = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture);
        for (var table = start; table < end; table++)
        {
            sql.AppendLiteral(table == start ? string.Empty : " UNION ALL ");
            sql.AppendLiteral("SELECT \"table\", \"parent\" FROM pragma_foreign_key_check(");
            sql.AppendLiteral(SqliteNames.Literal(_loads[table].Table.Name));
            sql.AppendLiteral(")");
        }

        sql.AppendLiteral(" LIMIT 1");
        var command = Command(sql.ToStringAndClear());
        await using var closing = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw Broken(reader.GetString(0), reader.GetString(1));
        }
    }

    private static RowRefusedException Broken(string table, string parent) =>
        new(SqliteErrors.ForeignKeyDoesNotHold(table, parent), null, RefusalKind.ForeignKey, $"to table '{parent}'", null)
        {
            Table = table,
        };
}
