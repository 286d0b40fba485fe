using System.Globalization;
using System.Runtime.CompilerServices;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Modeling;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <content>What an import must know about tables before it writes to them: their columns and highest keys.</content>
internal sealed partial class SqliteImportTransaction
{
    private readonly List<(Table Table, string Column)> _required = [];

    internal override IEnumerable<(Table Table, string Column)> RequiredColumns => _required;

    /// <summary>Checks before the first write whether the database has the tables and columns of the model.</summary>
    private async Task RefuseMissingTablesAsync(CancellationToken cancellationToken)
    {
        ReadTriggers();
        var problems = new List<string>();
        var columns = new List<(string Name, bool IsRequired)>();
        var current = 0;
        for (var start = 0; start < _loads.Count; start += TablesInQuery)
        {
            var sql = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture);
            for (var table = start; table < Math.Min(start + TablesInQuery, _loads.Count); table++)
            {
                sql.AppendLiteral(table == start ? "SELECT " : " UNION ALL SELECT ");
                sql.AppendFormatted(table);
                var name = SqliteNames.Literal(_loads[table].Table.Name);

                // A key without an index of its own is the rowid, which SQLite fills.
                sql.AppendLiteral(", name, \"notnull\" = 1 AND dflt_value IS NULL AND hidden = 0 "
                    + "AND (pk = 0 OR EXISTS (SELECT 1 FROM pragma_index_list(");
                sql.AppendLiteral(name);
                sql.AppendLiteral(") WHERE origin = 'pk')) FROM pragma_table_xinfo(");
                sql.AppendLiteral(name);
                sql.AppendLiteral(")");
            }

            var command = Command(sql.ToStringAndClear());
            await using var closing = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // The parts of a UNION ALL are run one after another, so a table's columns come together.
                for (; current < reader.GetInt32(0); current++)
                {
                    Compare(_loads[current].Table, columns, problems);
                }

                columns.Add((reader.GetString(1), reader.GetBoolean(2)));
            }
        }

        for (; current < _loads.Count; current++)
        {
            Compare(_loads[current].Table, columns, problems);
        }

        if (problems.Count > 0)
        {
            throw ImportErrors.TablesMissing(problems);
        }
    }

    /// <summary>Compares a table's columns with those that are to be written, and forgets them.</summary>
    private void Compare(Table table, List<(string Name, bool IsRequired)> columns, List<string> problems)
    {
        if (columns.Count == 0)
        {
            problems.Add(ImportErrors.TableMissing(table));
            return;
        }

        foreach (var field in table.WrittenColumns)
        {
            var index = 0;
            while (index < columns.Count && !columns[index].Name.Equals(field.Column, StringComparison.OrdinalIgnoreCase))
            {
                index++;
            }

            if (index == columns.Count)
            {
                problems.Add(ImportErrors.ColumnMissing(table, field));
            }
            else
            {
                columns[index] = columns[index] with { IsRequired = false };
            }
        }

        foreach (var column in columns)
        {
            if (column.IsRequired)
            {
                _required.Add((table, column.Name));
            }
        }

        columns.Clear();
    }

    /// <summary>Reads for every table the larger of its highest key and its counter, in one query.</summary>
    private async Task ReadMarksAsync(CancellationToken cancellationToken)
    {
        var counted = _loads.Select(load => load.Table).Where(table => table.KeyKind == RecordKeyKind.Integer).ToList();
        for (var start = 0; start < counted.Count; start += TablesInQuery)
        {
            var sql = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture);
            for (var index = start; index < Math.Min(start + TablesInQuery, counted.Count); index++)
            {
                var table = counted[index].Name;
                sql.AppendLiteral(index == start ? "SELECT " : " UNION ALL SELECT ");
                sql.AppendFormatted(index);
                sql.AppendLiteral(", max(");
                sql.AppendLiteral(_engine.Quote(counted[index].Key[0].Column));
                sql.AppendLiteral(_hasSequences ? "), (SELECT seq FROM sqlite_sequence WHERE name = " : "), NULL FROM ");
                if (_hasSequences)
                {
                    sql.AppendLiteral(SqliteNames.Literal(table));
                    sql.AppendLiteral(" COLLATE NOCASE) FROM ");
                }

                sql.AppendLiteral(_engine.Quote(table));
            }

            var command = Command(sql.ToStringAndClear());
            await using var closing = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var highest = reader.IsDBNull(1) ? 0 : reader.GetInt64(1);
                var counter = reader.IsDBNull(2) ? 0 : reader.GetInt64(2);
                _marks[counted[reader.GetInt32(0)]] = Math.Max(Math.Max(highest, counter), 0);
            }
        }
    }
}
