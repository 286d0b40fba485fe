using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Statements;
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
                await UntilAsync(watch, "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()", reset);
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

    [Theory]
    [InlineData(ResetStrategy.UndoLog, ResetTo.Baseline)]
    [InlineData(ResetStrategy.UndoLog, ResetTo.Empty)]
    [InlineData(ResetStrategy.Copy, ResetTo.Baseline)]
    [Case("append-only")]
    public async Task Partitions_whose_triggers_refuse_to_be_truncated_are_emptied_too(ResetStrategy strategy, ResetTo to)
    {
        await using var database = await fixture.UnderTest.CreateAsync(
            """
            CREATE TABLE audit (id int NOT NULL) PARTITION BY RANGE (id);
            CREATE TABLE audit_low PARTITION OF audit FOR VALUES FROM (0) TO (100);
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'append only: %', TG_OP; END$$;
            CREATE TRIGGER kept BEFORE TRUNCATE ON audit_low FOR EACH STATEMENT EXECUTE FUNCTION keep();
            """,
            "INSERT INTO audit VALUES (1)",
            new ResetOptions { Strategy = strategy });
        await database.RunAsync("INSERT INTO audit VALUES (2)");

        await database.ResetAsync(to, Cancel);

        Assert.Equal(to == ResetTo.Baseline ? "1" : "0", await database.TextAsync("SELECT count(*) FROM audit"));
        await Assert.ThrowsAsync<PostgresException>(() => database.RunAsync("TRUNCATE audit"));
    }

    [Theory]
    [InlineData("nowhere.invalid")]
    [InlineData("nowhere.invalid,never.invalid")]
    public async Task Host_that_nobody_has_cannot_be_reached(string host)
    {
        var connectionString = $"Host={host};Username=me;Database=shop_test;Pooling=false";
        Task MakeAsync(DatabaseTarget target) => TestDatabase.CreateAsync(
            new TestDatabaseOptions { Target = target, Model = RelocationModel.Create("none", []) }, Cancel);

        var own = await Assert.ThrowsAsync<PostgreSqlUnavailableException>(() => MakeAsync(PostgreSqlTarget.OnServer(connectionString)));
        var users = await Assert.ThrowsAsync<DatabaseException>(() => MakeAsync(PostgreSqlTarget.Existing(connectionString)));

        Assert.Contains($"'{host}': the server cannot be reached", own.Message, StringComparison.Ordinal);
        Assert.Equal(DatabaseFault.Unreachable, users.Fault);
    }

    [Theory]
    [InlineData("No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)", DatabaseFault.NotAllowed, "asks for a password")]
    [InlineData("SSL connection requested. No SSL enabled connection from this host is configured.", DatabaseFault.Unreachable, "encryption")]
    [InlineData("No suitable host was found.", DatabaseFault.Unreachable, "cannot be reached")]
    public void Failure_of_the_driver_to_connect_is_no_broken_connection(string words, DatabaseFault fault, string cause)
    {
        var found = PostgreSqlFaults.Of(new NpgsqlException(words))!;

        Assert.Equal(fault, found.Fault);
        Assert.Contains(cause, found.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_of_several_hosts_is_that_of_the_first()
    {
        var refused = new NpgsqlException("Failed to connect", new SocketException());
        var failed = new NpgsqlException("Unable to connect to a suitable host.", new AggregateException(refused, new NpgsqlException("No password")));

        var unknown = new NpgsqlException("Unable to connect to a suitable host.", new AggregateException(new SocketException()));

        Assert.All([failed, unknown], failure => Assert.Equal(DatabaseFault.Unreachable, PostgreSqlFaults.Of(failure)!.Fault));
        Assert.Equal(
            DatabaseFault.Unreachable, PostgreSqlFaults.Of(new NpgsqlException("Handshake", new AuthenticationException("no")))!.Fault);
    }

    /// <summary>Who may not create databases is the only one that is told so.</summary>
    [Theory]
    [Case("wrong-advice")]
    [InlineData("42501", "CREATEDB")]
    [InlineData("28P01", "pg_hba.conf")]
    [InlineData("53300", "max_connections")]
    [InlineData("53100", "data_directory")]
    [InlineData("57P03", "Wait until it is ready")]
    [InlineData("57P01", "Look at the server's log")]
    [InlineData("55006", "pg_stat_activity")]
    public void Advice_of_a_server_that_makes_no_database_follows_the_code(string code, string advice)
    {
        var message = ServerErrors.ServerUnreachable("here", PostgreSqlFaults.Of(code, "words of the server"), new PostgresException("words", "ERROR", "ERROR", code)).Message;

        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.Equal(code == "42501", message.Contains("create databases", StringComparison.Ordinal));
        Assert.DoesNotContain("schema", message, StringComparison.Ordinal);
    }

    [Fact]
    [Case("wrong-advice")]
    public async Task Role_that_may_not_create_databases_is_told_which_right_it_lacks()
    {
        await using var scratch = await Scratch.CreateAsync();
        var role = $"relocation_{Guid.NewGuid():N}";
        await scratch.ExecuteAsync($"CREATE ROLE {role} LOGIN");
        try
        {
            var target = PostgreSqlTarget.OnServer(new NpgsqlConnectionStringBuilder(fixture.ConnectionString) { Username = role }.ToString());

            var failure = await Assert.ThrowsAsync<PostgreSqlUnavailableException>(() => TestDatabase.CreateAsync(
                new TestDatabaseOptions { Target = target, Model = RelocationModel.Create("none", []) }, Cancel));

            Assert.Contains("permission denied to create database (SQLSTATE 42501). Let its user create databases", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            await scratch.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    [Theory]
    [InlineData("55P03", DatabaseFault.Locked, "holds a lock")]
    [InlineData("55006", DatabaseFault.Locked, "is in use: words of the server")]
    [InlineData("55000", DatabaseFault.Refused, "refused a statement: words of the server")]
    [InlineData("55P02", DatabaseFault.Refused, "refused a statement")]
    public void Objects_that_are_not_as_they_should_be_are_not_all_locked(string code, DatabaseFault fault, string cause)
    {
        var found = PostgreSqlFaults.Of(code, "words of the server");

        Assert.Equal(fault, found.Fault);
        Assert.Contains(cause, found.Cause, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(System.Data.Common.DbConnection connection, string count, Task other)
    {
        for (long found = 0; found == 0 && !other.IsCompleted;)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = count;
            found = (long)(await command.ExecuteScalarAsync(Cancel))!;
            await Task.Yield();
        }
    }
}
