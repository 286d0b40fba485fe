using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Relocation.Testing.Schemas;
using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlSentrySchemaTests : SentrySchemaSpecification
{
    protected override DatabaseEngine Engine => PostgreSqlEngine.Instance;

    protected override string ColumnsQuery =>
        """
        SELECT table_name::text, column_name::text, CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END
        FROM information_schema.columns WHERE table_schema = 'public'
        """;

    protected override string ForeignKeysQuery =>
        """
        SELECT t.relname::text, a.attname::text, f.relname::text, b.attname::text,
            CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'a' THEN 'NO ACTION' END
        FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_class f ON f.oid = c.confrelid
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
        WHERE c.contype = 'f' AND c.condeferrable AND c.condeferred AND cardinality(c.conkey) = 1
        """;

    protected override string UniquesQuery =>
        """
        SELECT t.relname::text,
            (SELECT string_agg(a.attname, ',' ORDER BY k.position)
             FROM unnest(i.indkey) WITH ORDINALITY k (number, position)
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number),
            CASE WHEN i.indpred IS NULL THEN 0 ELSE 1 END
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE i.indisunique AND NOT i.indisprimary AND t.relnamespace = 'public'::regnamespace
        """;

    protected override string ChecksQuery =>
        """
        SELECT t.relname::text, c.conname::text FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'c'
        """;

    protected override Task<DbConnection> OpenEmptyDatabaseAsync() => EmptyDatabase.OpenAsync();

    [Fact]
    public async Task The_connection_knows_the_extensions_types_once_the_schema_is_created()
    {
        await using var connection = (NpgsqlConnection)await OpenEmptyDatabaseAsync();
        await ModelSchema.CreateAsync(connection, SentryModel.Create(Engine), Engine, TestContext.Current.CancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY sentry_email (email, date_added) FROM STDIN (FORMAT BINARY)", TestContext.Current.CancellationToken);
        await copy.StartRowAsync(TestContext.Current.CancellationToken);
        await copy.WriteAsync("ada@example.com", NpgsqlDbType.Citext, TestContext.Current.CancellationToken);
        await copy.WriteAsync(DateTime.UnixEpoch, NpgsqlDbType.TimestampTz, TestContext.Current.CancellationToken);

        Assert.Equal(1UL, await copy.CompleteAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Creation_says_what_to_do_when_the_extension_cannot_be_created()
    {
        await using var connection = await OpenEmptyDatabaseAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SET ROLE pg_monitor";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<RelocationModelException>(
            () => ModelSchema.CreateAsync(connection, SentryModel.Create(Engine), Engine, TestContext.Current.CancellationToken));

        Assert.Contains("PostgreSQL's extension 'citext'", exception.Message, StringComparison.Ordinal);
        Assert.Equal("42501", Assert.IsType<PostgresException>(exception.InnerException).SqlState);
    }
}
