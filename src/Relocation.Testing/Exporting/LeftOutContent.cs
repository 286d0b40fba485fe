using System.Data.Common;
using System.Globalization;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>Finds rows and values in a database that backups of its model do not hold, and that nobody has declared to be left out.</summary>
internal static class LeftOutContent
{
    internal static async Task<IReadOnlyList<string>> FindAsync(
        RelocationModel model,
        ExportOptions options,
        DbConnection connection,
        DatabaseEngine engine,
        ExportTransaction transaction,
        CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        foreach (var part in model.LeftOutParts.Where(part => part is { Table: not null, IsDeclared: false }))
        {
            if (options.OnlyModels is not null && !options.OnlyModels.Contains(part.Label))
            {
                continue;
            }

            var columns = await ReadAsync(connection, transaction.ColumnsSql(part.Schema, part.Table!), cancellationToken).ConfigureAwait(false);
            if (columns.Count == 0 || (part.Column is not null && !columns.Contains(part.Column, StringComparer.OrdinalIgnoreCase)))
            {
                continue;
            }

            var table = part.Schema is null ? engine.Quote(part.Table!) : $"{engine.Quote(part.Schema)}.{engine.Quote(part.Table!)}";
            var condition = part.Column is null ? string.Empty : $" WHERE {engine.Quote(part.Column)} IS NOT NULL";
            var count = (await ReadAsync(connection, $"SELECT count(*) FROM {table}{condition}", cancellationToken).ConfigureAwait(false))[0];
            if (count != "0")
            {
                findings.Add(ExportErrors.ContentLeftOut(part, count));
            }
        }

        return findings;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var closing = command.ConfigureAwait(false);
#pragma warning disable CA2100 // Made of quoted names of the user's own model.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        var values = new List<string>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? string.Empty);
        }

        return values;
    }
}
