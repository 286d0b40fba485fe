using System.Globalization;
using System.Runtime.CompilerServices;

namespace Relocation.Testing.Importing;

/// <content>What an import must know of tables before it writes to them: their columns, and how high their keys are.</content>
internal sealed partial class SqliteImportTransaction
{
    private readonly List<(RelocationEntity Table, string Column)> _required = [];

    internal override IReadOnlyList<(RelocationEntity Table, string Column)> RequiredColumns => _required;

    /// <summary>Finds out before the first write whether the database has the tables and columns of the model.</summary>
    private async Task RefuseMissingTablesAsync(CancellationToken cancellationToken)
    {
        _hasSequences = await ScalarAsync("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'", cancellationToken)
            .ConfigureAwait(false) > 0;
        var wanted = _loads.Select(load => load.Entity.WrittenFields.ToArray()).ToArray();
        var isFound = wanted.Select(fields => new bool[fields.Length]).ToArray();
        var hasColumns = new bool[_loads.Count];
        for (var start = 0; start < _loads.Count; start += TablesInQuery)
        {
            var sql = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture);
            for (var table = start; table < Math.Min(start + TablesInQuery, _loads.Count); table++)
            {
                sql.AppendLiteral(table == start ? "SELECT " : " UNION ALL SELECT ");
                sql.AppendFormatted(table);
                sql.AppendLiteral(", name, \"notnull\" = 1 AND dflt_value IS NULL AND hidden = 0 FROM pragma_table_xinfo(");
                sql.AppendLiteral(SqliteNames.Literal(_loads[table].Entity.Table));
                sql.AppendLiteral(")");
            }

            var command = Command(sql.ToStringAndClear());
            await using var closing = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var table = reader.GetInt32(0);
                var name = reader.GetString(1);
                hasColumns[table] = true;
                if (reader.GetBoolean(2))
                {
                    _required.Add((_loads[table].Entity, name));
                }

                for (var column = 0; column < wanted[table].Length; column++)
                {
                    isFound[table][column] |= wanted[table][column].Column.Equals(name, StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        var problems = new List<string>();
        for (var table = 0; table < _loads.Count; table++)
        {
            var entity = _loads[table].Entity;
            problems.AddRange(hasColumns[table]
                ? wanted[table].Where((_, column) => !isFound[table][column]).Select(field => Errors.ColumnMissing(entity, field))
                : [Errors.TableMissing(entity)]);
        }

        if (problems.Count > 0)
        {
            throw Errors.TablesMissing(problems);
        }
    }

    /// <summary>Reads for every table the larger of its highest key and its counter, in one query.</summary>
    private async Task ReadMarksAsync(CancellationToken cancellationToken)
    {
        var counted = _loads.Select(load => load.Entity).Where(entity => entity.Key.Kind == RecordKeyKind.Integer).ToList();
        for (var start = 0; start < counted.Count; start += TablesInQuery)
        {
            var sql = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture);
            for (var index = start; index < Math.Min(start + TablesInQuery, counted.Count); index++)
            {
                var table = counted[index].Table;
                sql.AppendLiteral(index == start ? "SELECT " : " UNION ALL SELECT ");
                sql.AppendFormatted(index);
                sql.AppendLiteral(", max(");
                sql.AppendLiteral(_engine.Quote(counted[index].Key.Fields[0].Column));
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
