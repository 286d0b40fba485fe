using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>A prepared statement a table, one row each; foreign keys are checked once before the commit.</summary>
internal sealed class SqliteSink : IRowSink
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private SqliteCommand? _insert;
    private BareColumn[] _columns = [];

    internal SqliteSink(SqliteConnection connection)
    {
        _connection = connection;
        // SQLite ignores this pragma inside a transaction.
        Execute("PRAGMA foreign_keys = OFF");
        _transaction = connection.BeginTransaction();
    }

    public void Begin(BareTable table)
    {
        _insert?.Dispose();
        _columns = table.Columns;
        _insert = _connection.CreateCommand();
        var names = Enumerable.Range(0, _columns.Length + 1).Select(index => string.Create(CultureInfo.InvariantCulture, $"@p{index}")).ToList();
        _insert.CommandText = $"INSERT INTO \"{table.Table}\" ({table.ColumnList}) VALUES ({string.Join(", ", names)})";
        foreach (var name in names)
        {
            _insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        _insert.Prepare();
    }

    public void Write(long key, ReadOnlySpan<BareValue> values)
    {
        var parameters = _insert!.Parameters;
        parameters[0].Value = key;
        for (var index = 0; index < values.Length; index++)
        {
            ref readonly var value = ref values[index];
            parameters[index + 1].Value = value.IsNull ? DBNull.Value : _columns[index].Kind switch
            {
                BareKind.Text => value.Text,
                BareKind.DateTime => value.DateTime,
                BareKind.Real => value.Real,
                BareKind.Decimal => value.Decimal,
                BareKind.Guid => value.Guid,
                _ => value.Integer,
            };
        }

        _insert.ExecuteNonQuery();
    }

    public async Task CompleteAsync()
    {
        using (var check = _connection.CreateCommand())
        {
            check.CommandText = "PRAGMA foreign_key_check";
            await using var violations = await check.ExecuteReaderAsync();
            if (await violations.ReadAsync())
            {
                throw new InvalidOperationException($"A row of '{violations.GetString(0)}' refers to none.");
            }
        }

        await _transaction.CommitAsync();
        Execute("PRAGMA foreign_keys = ON");
    }

    public async ValueTask DisposeAsync()
    {
        _insert?.Dispose();
        await _transaction.DisposeAsync();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
