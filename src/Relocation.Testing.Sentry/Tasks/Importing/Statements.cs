using System.Data.Common;
using System.Globalization;
using Relocation.Testing.Sentry.Importing;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>Plain statements in a transaction, for rows that no import writes. Parameters are <c>@p0</c> and so on.</summary>
internal static class Statements
{
    /// <summary>So many keys are named in one statement.</summary>
    private const int KeysAtOnce = 1_000;

    internal static async Task<int> ExecuteAsync(
        DbTransaction transaction, string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        var command = Command(transaction.Connection!, transaction, sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All rows of a query.</summary>
    internal static async Task<IReadOnlyList<object?[]>> QueryAsync(
        DbConnection connection, DbTransaction? transaction, string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
        var command = Command(connection, transaction, sql, parameters);
        await using (command.ConfigureAwait(false))
        {
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

    /// <summary>Lists of keys, each short enough for a statement.</summary>
    /// <param name="keys">The keys.</param>
    internal static IEnumerable<string> Lists(IEnumerable<long> keys) =>
        keys.Chunk(KeysAtOnce).Select(some => string.Join(',', some.Select(key => key.ToString(CultureInfo.InvariantCulture))));

    internal static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, IReadOnlyList<object?> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Names are the catalogue's, quoted; lists are of numbers; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        SupportRows.AddParameters(command, [.. parameters]);
        return command;
    }
}
