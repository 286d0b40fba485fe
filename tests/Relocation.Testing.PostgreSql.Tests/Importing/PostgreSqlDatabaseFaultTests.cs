using Npgsql;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlDatabaseFaultTests(PostgreSqlFixture fixture) : DatabaseFaultSpecification(fixture.UnderTest)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_that_the_server_ends_amid_rows_is_a_lost_connection()
    {
        await using var database = await fixture.UnderTest.CreateAsync(
            """
            CREATE TABLE item (id int PRIMARY KEY);
            CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END$$;
            CREATE TRIGGER leave BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION leave();
            """);
        var model = RelocationModel.Create("made",
        [
            new RelocationEntity
            {
                Label = ModelLabel.Parse("m.item"),
                Table = "item",
                Key = new RelocationKey { Fields = [new RelocationField { Name = "id", Column = "id", Type = FieldType.Integer, StoreType = "bigint" }], Policy = KeyPolicy.Remap },
                Fields = [],
            },
        ]);
        await using var connection = await database.OpenConnectionAsync(Cancel);

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => new BackupImporter(model, database.Engine).ImportAsync(
            connection, Backup.FromJson("""[{"model":"m.item","pk":1,"fields":{}}]"""), Cancel));

        Assert.Equal(DatabaseFault.ConnectionLost, failure.Fault);
        Assert.Contains("the database is as it was", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Case("deadlock")]
    public async Task Deadlock_with_a_writer_is_said_to_be_one_and_no_change_of_the_schema()
    {
        foreach (var to in new[] { ResetTo.Baseline, ResetTo.Empty })
        {
            await using var database = await fixture.UnderTest.CreateAsync(
                "CREATE TABLE a (id int PRIMARY KEY, v int); CREATE TABLE b (id int PRIMARY KEY, v int)",
                "INSERT INTO a VALUES (1, 0); INSERT INTO b VALUES (1, 0)");
            await using var connection = (NpgsqlConnection)await database.OpenConnectionAsync(Cancel);
            await connection.RunAsync("UPDATE a SET v = 1; UPDATE b SET v = 1; SET deadlock_timeout = '1h'");
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await connection.RunAsync("UPDATE b SET v = 2");
            var reset = database.ResetAsync(to, Cancel);
            await using (var watch = await database.OpenConnectionAsync(Cancel))
            {
                await UntilAsync(watch, "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()");
            }

            var writing = connection.RunAsync("UPDATE a SET v = 2");
            var failure = await Assert.ThrowsAsync<ResetException>(() => reset);

            Assert.Contains("connection still reads or writes", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("schema", failure.Message, StringComparison.Ordinal);
            await Record.ExceptionAsync(() => writing);
        }
    }

    [Fact]
    [Case("partition-message")]
    public async Task Row_that_no_partition_takes_is_said_to_be_that()
    {
        await using var database = await fixture.UnderTest.CreateAsync(
            """
            CREATE TABLE reading (id bigint NOT NULL, at date NOT NULL, value int NOT NULL CHECK (value > 0), PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE reading_2024 PARTITION OF reading FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            """);
        var model = RelocationModel.Create("made",
        [
            new RelocationEntity
            {
                Label = ModelLabel.Parse("p.reading"),
                Table = "reading",
                Key = new RelocationKey { Fields = [new RelocationField { Name = "id", Column = "id", Type = FieldType.Integer, StoreType = "bigint" }], Policy = KeyPolicy.Preserve },
                Fields =
                [
                    new RelocationField { Name = "at", Column = "at", Type = FieldType.Date, StoreType = "date" },
                    new RelocationField { Name = "value", Column = "value", Type = FieldType.Integer, StoreType = "int" },
                ],
            },
        ]);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        Task ImportAsync(string at, int value) => new BackupImporter(model, database.Engine).ImportAsync(
            connection, Backup.FromJson($$$"""[{"model":"p.reading","pk":71,"fields":{"at":"{{{at}}}","value":{{{value}}}}}]"""), Cancel);

        var outside = await Assert.ThrowsAsync<ImportException>(() => ImportAsync("2031-05-05", 6));
        var broken = await Assert.ThrowsAsync<ImportException>(() => ImportAsync("2024-05-05", -6));

        Assert.Contains("has no partition that takes the row", outside.Message, StringComparison.Ordinal);
        Assert.Contains("p.reading 71", outside.Message, StringComparison.Ordinal);
        Assert.Contains("has a check that the row breaks", broken.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(System.Data.Common.DbConnection connection, string count)
    {
        for (long found = 0; found == 0;)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = count;
            found = (long)(await command.ExecuteScalarAsync(Cancel))!;
            await Task.Yield();
        }
    }
}
