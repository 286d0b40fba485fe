using Npgsql;
using NpgsqlTypes;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>A binary COPY a table; foreign keys are dropped and added again within the transaction.</summary>
internal sealed class PostgreSqlSink : IRowSink
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly List<string> _addAgain = [];
    private NpgsqlBinaryImporter? _importer;
    private BareColumn[] _columns = [];

    private PostgreSqlSink(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    public void Begin(BareTable table)
    {
        EndTable();
        _columns = table.Columns;
        _importer = _connection.BeginBinaryImport($"COPY \"{table.Table}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)");
    }

    public void Write(long key, ReadOnlySpan<BareValue> values)
    {
        var importer = _importer!;
        importer.StartRow();
        importer.Write(key, NpgsqlDbType.Bigint);
        for (var index = 0; index < values.Length; index++)
        {
            ref readonly var value = ref values[index];
            if (value.IsNull)
            {
                importer.WriteNull();
                continue;
            }

            switch (_columns[index].Kind)
            {
                case BareKind.Text:
                    importer.Write(value.Text!, NpgsqlDbType.Text);
                    break;
                case BareKind.Int32:
                    importer.Write((int)value.Integer, NpgsqlDbType.Integer);
                    break;
                case BareKind.Boolean:
                    importer.Write(value.Integer != 0, NpgsqlDbType.Boolean);
                    break;
                case BareKind.DateTime:
                    importer.Write(value.DateTime, NpgsqlDbType.TimestampTz);
                    break;
                case BareKind.Real:
                    importer.Write(value.Real, NpgsqlDbType.Double);
                    break;
                case BareKind.Decimal:
                    importer.Write(value.Decimal, NpgsqlDbType.Numeric);
                    break;
                case BareKind.Guid:
                    importer.Write(value.Guid, NpgsqlDbType.Uuid);
                    break;
                default:
                    importer.Write(value.Integer, NpgsqlDbType.Bigint);
                    break;
            }
        }
    }

    public async Task CompleteAsync()
    {
        EndTable();
        await ExecuteAsync(string.Join(";\n", _addAgain));
        await _transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_importer is not null)
        {
            await _importer.DisposeAsync();
        }

        await _transaction.DisposeAsync();
    }

    internal static async Task<PostgreSqlSink> OpenAsync(NpgsqlConnection connection)
    {
        var sink = new PostgreSqlSink(connection, await connection.BeginTransactionAsync());
        var drops = new List<string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = """
                SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
                FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY oid
                """;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                drops.Add($"ALTER TABLE {reader.GetString(0)} DROP CONSTRAINT {reader.GetString(1)}");
                sink._addAgain.Add($"ALTER TABLE {reader.GetString(0)} ADD CONSTRAINT {reader.GetString(1)} {reader.GetString(2)}");
            }
        }

        await sink.ExecuteAsync(string.Join(";\n", drops));
        return sink;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private void EndTable()
    {
        _importer?.Complete();
        _importer?.Dispose();
        _importer = null;
    }
}
