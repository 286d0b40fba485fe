using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Encoders;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Sets references of many rows at once: the values are copied into a temporary table and joined.</summary>
internal sealed class CutFiller(NpgsqlConnection connection, DatabaseEngine engine, CopyBuffer buffer)
{
    private readonly Dictionary<string, string> _temporary = [];

    internal async Task FillAsync(
        TargetTable table, IReadOnlyList<RelocationField> columns, RowBatch rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var keys = table.Table.Key;
        var temporary = await TemporaryAsync(table, [.. keys, .. columns], cancellationToken).ConfigureAwait(false);
        var writer = await CopyWriter.OpenAsync(connection, engine, table, rows.Columns, temporary, buffer, cancellationToken)
            .ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
            await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        var sets = columns.Select(field => $"{engine.Quote(field.Column)} = {StagedWriter.Cast(engine, table, field, $"v.{engine.Quote(field.Column)}")}");
        var joins = keys.Select(field => $"t.{engine.Quote(field.Column)} = {StagedWriter.Cast(engine, table, field, $"v.{engine.Quote(field.Column)}")}");
        var sql = $"UPDATE {table.QuotedName} AS t SET {string.Join(", ", sets)} FROM {temporary} AS v WHERE {string.Join(" AND ", joins)}";
        var updated = await ExecuteAsync(sql, table, cancellationToken).ConfigureAwait(false);
        if (updated != rows.Count)
        {
            var message = PostgreSqlErrors.RowsMissing(table.Name, rows.Count - updated);
            throw new RowRefusedException(message, null, RefusalKind.Other, null, null);
        }

        await ExecuteAsync($"TRUNCATE {temporary}", table, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops the temporary tables: the caller's transaction may live on.</summary>
    internal IEnumerable<string> EndStatements()
    {
        var statements = _temporary.Values.Select(name => $"DROP TABLE {name}").ToList();
        _temporary.Clear();
        return statements;
    }

    private async Task<string> TemporaryAsync(
        TargetTable table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken)
    {
        var select = $"SELECT {StagedWriter.Selected(engine, columns)} FROM {table.QuotedName}";
        if (!_temporary.TryGetValue(select, out var temporary))
        {
            temporary = $"relocation_cut_{_temporary.Count + 1}";
            await ExecuteAsync(
                $"CREATE TEMPORARY TABLE {temporary} ON COMMIT DROP AS {select} WITH NO DATA",
                table,
                cancellationToken).ConfigureAwait(false);
            _temporary.Add(select, temporary);
        }

        return temporary;
    }

    private async Task<int> ExecuteAsync(string sql, TargetTable table, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var _ = command.ConfigureAwait(false);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw ServerRefusal.Of(exception, table.Name);
        }
    }
}
