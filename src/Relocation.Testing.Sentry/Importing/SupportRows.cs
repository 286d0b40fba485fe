using System.Data.Common;
using System.Globalization;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>Writes and reads rows that no record stands for, in the import's transaction.</summary>
internal static class SupportRows
{
    private const int RowsAtOnce = 50;

    /// <summary>Inserts rows, many in one statement. Fields that an older version's model does not have are left out.</summary>
    internal static async Task InsertAsync(
        ImportSession session, ModelLabel model, IReadOnlyList<string> fields, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var entity = session.Model.Find(model)!;
        var table = session.Quote(entity.Table);
        var written = Enumerable.Range(0, fields.Count).Where(at => entity.Has(fields[at])).ToList();
        var columns = string.Join(", ", written.Select(at => session.Quote(entity.ColumnOf(fields[at]))));
        foreach (var (chunk, some) in rows.Select(row => written.ConvertAll(at => row[at])).Chunk(RowsAtOnce).Index())
        {
            if (chunk == 0)
            {
                await session.HoldCounterAsync(model, cancellationToken).ConfigureAwait(false);
            }

            var places = some.Select((row, at) => $"({string.Join(", ", row.Select((_, index) => $"@p{(at * written.Count) + index}"))})");
            var command = session.CreateCommand($"INSERT INTO {table} ({columns}) VALUES {string.Join(", ", places)}");
            await using (command.ConfigureAwait(false))
            {
                AddParameters(command, [.. some.SelectMany(row => row)]);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads all rows of a query; parameters are <c>@p0</c> and so on.</summary>
    internal static async Task<IReadOnlyList<object?[]>> QueryAsync(
        ImportSession session, string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
        var command = session.CreateCommand(sql);
        await using (command.ConfigureAwait(false))
        {
            AddParameters(command, parameters);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var row = new object?[reader.FieldCount];
                    for (var i = 0; i < row.Length; i++)
                    {
                        row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                    }

                    rows.Add(row);
                }
            }
        }

        return rows;
    }

    internal static void AddParameters(DbCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}
