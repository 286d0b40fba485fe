using System.Globalization;
using System.Text;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing;

namespace Relocation.Testing.PostgreSql.Tests;

/// <summary>A schema of its own in the database that the tests' server offers.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private readonly List<string> _roles = [];

    private Scratch(NpgsqlConnection connection, string schema)
    {
        Connection = connection;
        Schema = schema;
    }

    internal NpgsqlConnection Connection { get; }

    internal string Schema { get; }

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static async Task<Scratch> CreateAsync(string? sql = null)
    {
        var connection = await ConnectAsync();
        var schema = $"it's \"odd\" {Guid.NewGuid():N}"[..30];
        var scratch = new Scratch(connection, schema);
        var quoted = PostgreSqlEngine.Instance.Quote(schema);
        await scratch.ExecuteAsync($"CREATE SCHEMA {quoted}; SET search_path TO {quoted}; {sql}");
        return scratch;
    }

    internal static async Task<NpgsqlConnection> ConnectAsync(string more = "")
    {
        var connectionString = await PostgreSqlFixture.ConnectionStringAsync();
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false;{more}");
        await connection.OpenAsync(Token);
        return connection;
    }

    internal async Task<int> ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return await command.ExecuteNonQueryAsync(Token);
    }

    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    /// <summary>All rows of a query, as one text.</summary>
    internal Task<string> TextAsync(string query) =>
        ScalarAsync<string>($"SELECT coalesce(string_agg(q::text, ' ' ORDER BY q), '') FROM ({query}) AS q");

    /// <summary>Rows, counters and constraints of the whole schema.</summary>
    internal async Task<string> StateAsync()
    {
        var state = new StringBuilder();
        foreach (var table in await NamesAsync("'r', 'p'"))
        {
            state.AppendLine(CultureInfo.InvariantCulture, $"{table}: {await TextAsync($"SELECT * FROM {table}")}");
        }

        foreach (var sequence in await NamesAsync("'S'"))
        {
            state.AppendLine(CultureInfo.InvariantCulture, $"{sequence}: {await TextAsync($"SELECT last_value, is_called FROM {sequence}")}");
        }

        return state.Append(await ConstraintsAsync()).ToString();
    }

    internal Task<string> ConstraintsAsync() => TextAsync(
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated, condeferrable, condeferred, "
        + $"obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE connamespace = {SchemaOid}");

    /// <summary>A role that may read and write but owns nothing; the connection becomes it.</summary>
    internal async Task BecomeStrangerAsync(string rights = "SELECT, INSERT, UPDATE, DELETE")
    {
        var role = $"relocation_{Guid.NewGuid():N}";
        _roles.Add(role);
        var schema = PostgreSqlEngine.Instance.Quote(Schema);
        await ExecuteAsync(
            $"CREATE ROLE {role}; GRANT USAGE ON SCHEMA {schema} TO {role}; GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {role}; "
            + $"GRANT ALL ON ALL SEQUENCES IN SCHEMA {schema} TO {role}; SET ROLE {role}");
    }

    internal Task<ImportTransaction> BeginAsync(SetAsideRule rule, params TableLoad[] loads) => BeginAsync(rule, null, loads);

    internal Task<ImportTransaction> BeginAsync(SetAsideRule rule, NpgsqlTransaction? outer, params TableLoad[] loads) =>
        PostgreSqlImportTransaction.BeginAsync(Connection, outer, PostgreSqlEngine.Instance, loads, rule, prepare: null, Patience.Default, Token);

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await using var connection = await ConnectAsync();
        var sql = $"DROP SCHEMA {PostgreSqlEngine.Instance.Quote(Schema)} CASCADE;"
            + string.Concat(_roles.Select(role => $"DROP OWNED BY {role}; DROP ROLE {role};"));
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private string SchemaOid => $"(SELECT oid FROM pg_namespace WHERE nspname = '{Schema.Replace("'", "''", StringComparison.Ordinal)}')";

    private async Task<string[]> NamesAsync(string kinds) => (await ScalarAsync<string>(
        "SELECT coalesce(string_agg(quote_ident(relname), E'\n' ORDER BY relname), '') FROM pg_class "
        + $"WHERE relkind IN ({kinds}) AND relnamespace = {SchemaOid}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
