using System.Data.Common;

namespace Relocation.Testing.Sentry;

/// <summary>All rows of a query, as values of the driver; null where a column has none.</summary>
internal static class QueryRows
{
    internal static async Task<IReadOnlyList<object?[]>> ReadAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
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

        return rows;
    }
}
