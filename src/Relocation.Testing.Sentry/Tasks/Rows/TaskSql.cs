using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>Statements that both engines understand. Parameters are <c>@p0</c> and so on.</summary>
/// <param name="engine">The engine.</param>
/// <param name="connection">An open connection.</param>
/// <param name="transaction">The connection's transaction, or null.</param>
internal sealed class TaskSql(DatabaseEngine engine, DbConnection connection, DbTransaction? transaction)
{
    internal DatabaseEngine Engine => engine;

    internal DbConnection Connection => connection;

    internal DbTransaction? Transaction => transaction;

    /// <summary>The end of a query that locks its rows. On SQLite a transaction locks the whole database.</summary>
    internal string ForUpdate => IsPostgreSql ? " FOR UPDATE" : string.Empty;

    internal bool IsPostgreSql => engine.Name == "PostgreSQL";

    /// <summary>How a parameter stands for JSON.</summary>
    internal string Json(string parameter) => IsPostgreSql ? $"CAST({parameter} AS jsonb)" : parameter;

    /// <summary>Runs a statement.</summary>
    /// <returns>The number of changed rows.</returns>
    internal async Task<int> ExecuteAsync(string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        var command = Command(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads all rows of a query, or of a statement that returns rows.</summary>
    internal async Task<IReadOnlyList<object?[]>> QueryAsync(string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        var command = Command(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await QueryRows.ReadAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The integers of a query's first column.</summary>
    internal async Task<IReadOnlyList<long>> NumbersAsync(string sql, object?[] parameters, CancellationToken cancellationToken) =>
        [.. (await QueryAsync(sql, parameters, cancellationToken).ConfigureAwait(false)).Select(row => Number(row[0]) ?? 0)];

    internal static long? Number(object? value) => value is null ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    internal static bool Flag(object? value) => value is not null && Convert.ToBoolean(value, CultureInfo.InvariantCulture);

    internal static Guid Uuid(object? value) => value is Guid uuid ? uuid : Guid.Parse((string)value!);

    internal static DateTimeOffset? Moment(object? value) => value switch
    {
        null => null,
        DateTimeOffset moment => moment,
        DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
        _ => DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    };

    internal static IReadOnlyList<string>? Texts(object? value) => value is null ? null : JsonSerializer.Deserialize<string[]>((string)value);

    /// <summary>Texts as the JSON that a column holds.</summary>
    internal static string? ToJson(IReadOnlyList<string>? texts) => texts is null ? null : JsonSerializer.Serialize(texts);

    private DbCommand Command(string sql, object?[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = parameters[i] switch
            {
                null => DBNull.Value,
                DateTimeOffset moment => moment.ToUniversalTime(),
                Enum value => Convert.ToInt32(value, CultureInfo.InvariantCulture),
                var value => value,
            };
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
