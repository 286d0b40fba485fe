using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Relocation.Testing.PostgreSql.Tests.Databases;
using Relocation.Testing.Specification.Databases;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

public sealed class PostgreSqlResetTests(PostgreSqlFixture fixture)
{
    private readonly PostgreSqlUnderTest _engine = (PostgreSqlUnderTest)fixture.UnderTest;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_sequence_goes_back_to_its_start_when_the_database_is_emptied()
    {
        await using var database = await _engine.CreateAsync("""
            CREATE SEQUENCE hilo START 100 INCREMENT 10;
            CREATE SEQUENCE cached CACHE 20;
            CREATE SEQUENCE shared;
            CREATE TABLE item (id bigint PRIMARY KEY DEFAULT nextval('shared'), serial serial, always bigint GENERATED ALWAYS AS IDENTITY (START 5));
            """);
        await using var open = await database.OpenConnectionAsync(Cancel);
        const string Use = "SELECT nextval('hilo'), nextval('cached')";
        Assert.Equal("100|1", await open.TextAsync(Use));
        await open.RunAsync("INSERT INTO item DEFAULT VALUES; INSERT INTO item DEFAULT VALUES");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("100|1", await open.TextAsync(Use));
        Assert.Equal("1|1|5", await open.TextAsync("INSERT INTO item DEFAULT VALUES RETURNING *"));
    }

    [Fact]
    public async Task A_sequence_stays_when_a_kept_table_uses_it_or_the_options_say_so()
    {
        var options = new ResetOptions
        {
            Respawner = new RespawnerOptions { TablesToIgnore = [new Table("public", "kept")] },
            SequencesToKeep = ["public.hilo"],
        };
        await using var database = await _engine.CreateAsync(
            """
            CREATE SEQUENCE hilo;
            CREATE SEQUENCE shared;
            CREATE TABLE kept (id bigint DEFAULT nextval('shared'));
            CREATE TABLE item (id bigint DEFAULT nextval('shared'), own serial);
            """,
            reset: options);
        await database.RunAsync("SELECT nextval('hilo'); INSERT INTO kept DEFAULT VALUES; INSERT INTO item DEFAULT VALUES");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("2|3|1", await database.TextAsync("SELECT nextval('hilo'), nextval('shared'), nextval('item_own_seq')"));
    }

    [Theory]
    [InlineData(ResetTo.Empty)]
    [InlineData(ResetTo.Baseline)]
    public async Task Partitions_inheritance_and_materialized_views_survive(ResetTo to)
    {
        await using var database = await _engine.CreateAsync("""
            CREATE TABLE event (id int, day int, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM (0) TO (10);
            CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
            CREATE TABLE event_2_all PARTITION OF event_2 DEFAULT;
            CREATE TABLE base (id int PRIMARY KEY);
            CREATE TABLE derived (more text) INHERITS (base);
            CREATE TABLE ref (event int, day int, FOREIGN KEY (event, day) REFERENCES event);
            CREATE MATERIALIZED VIEW days AS SELECT day, count(*) FROM event GROUP BY day;
            CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA;
            CREATE VIEW ids AS SELECT id FROM base;
            """,
            to == ResetTo.Empty ? string.Empty : Fill(1));
        var before = await _engine.FingerprintAsync(database);
        await database.RunAsync(Fill(2) + "UPDATE base SET id = id + 10; INSERT INTO event_2_all VALUES (9, 15); DELETE FROM ref; REFRESH MATERIALIZED VIEW days");

        await database.ResetAsync(to, Cancel);

        Assert.Equal(before, await _engine.FingerprintAsync(database));
        await database.RunAsync("INSERT INTO event VALUES (8, 19); INSERT INTO ref VALUES (8, 19)");

        static string Fill(int id) =>
            $"INSERT INTO event VALUES ({id}, 5), ({id}, 15); INSERT INTO base VALUES ({id}); INSERT INTO derived VALUES ({id}, 'x'); INSERT INTO ref VALUES ({id}, 15);";
    }

    [Fact]
    public async Task Reset_is_refused_when_a_partition_is_kept_and_its_whole_is_not()
    {
        await using var database = await _engine.CreateAsync(
            "CREATE TABLE event (day int) PARTITION BY RANGE (day); CREATE TABLE event_1 PARTITION OF event DEFAULT",
            reset: new ResetOptions { Respawner = new RespawnerOptions { TablesToIgnore = [new Table("event_1")] } });

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));

        Assert.Contains("'public.event_1' refers to 'public.event' through being its partition", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemas_are_left_out_and_equal_names_of_constraints_are_told_apart()
    {
        var respawner = new RespawnerOptions { SchemasToExclude = ["kept"] };
        await using var database = await _engine.CreateAsync(
            """
            CREATE SCHEMA kept;
            CREATE TABLE kept.a (id int PRIMARY KEY);
            CREATE TABLE kept.b (a int, CONSTRAINT same FOREIGN KEY (a) REFERENCES kept.a);
            CREATE TABLE a (id int PRIMARY KEY);
            CREATE TABLE b (a int, CONSTRAINT same FOREIGN KEY (a) REFERENCES a);
            """,
            reset: new ResetOptions { Respawner = respawner });
        await database.RunAsync("INSERT INTO kept.a VALUES (1); INSERT INTO kept.b VALUES (1); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("1|1|0|0", await database.TextAsync(
            "SELECT (SELECT count(*) FROM kept.a), (SELECT count(*) FROM kept.b), (SELECT count(*) FROM a), (SELECT count(*) FROM b)"));
    }

    [Theory]
    [InlineData(ResetTo.Empty)]
    [InlineData(ResetTo.Baseline)]
    public async Task Large_tables_in_a_cycle_are_reset(ResetTo to)
    {
        await using var database = await _engine.CreateAsync("""
            CREATE TABLE a (id int PRIMARY KEY, b int);
            CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
            ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
            """);
        var before = await _engine.FingerprintAsync(database);
        await database.RunAsync("""
            INSERT INTO a SELECT i, NULL FROM generate_series(1, 20000) i;
            INSERT INTO b SELECT i, i FROM generate_series(1, 20000) i;
            UPDATE a SET b = id;
            """);

        await database.ResetAsync(to, Cancel);

        Assert.Equal(before, await _engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Values_without_equality_and_generated_keys_are_restored()
    {
        await using var database = await _engine.CreateAsync(
            """
            CREATE TABLE item (gone int, id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, doc json, spot point, twice bigint GENERATED ALWAYS AS (7 * 2) STORED);
            ALTER TABLE item DROP COLUMN gone;
            CREATE TABLE nothing ();
            """,
            """INSERT INTO item (doc, spot) VALUES ('{"a": 1}', '(1,2)'), (NULL, NULL)""");
        var before = await _engine.FingerprintAsync(database);
        await database.RunAsync("""
            UPDATE item SET doc = '{"a":1}' WHERE id = 1;
            DELETE FROM item WHERE id = 2;
            INSERT INTO item DEFAULT VALUES;
            """);

        await database.ResetAsync(Cancel);

        Assert.Equal(before, await _engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Resets_work_for_an_owner_who_is_no_superuser()
    {
        var role = $"relocation_test_{Environment.ProcessId}";
        await using var admin = await _engine.OpenAsync();
        await admin.RunAsync($"DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN CREATEDB");
        try
        {
            await ResetAsOwnerAsync(new PostgreSqlUnderTest(
                new NpgsqlConnectionStringBuilder(fixture.ConnectionString) { Username = role }.ToString()));
        }
        finally
        {
            await admin.RunAsync($"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task A_respawner_that_would_empty_the_kept_baseline_is_stopped()
    {
        await using var database = await _engine.CreateAsync("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var respawner = await Respawner.CreateAsync(connection, new RespawnerOptions { DbAdapter = DbAdapter.Postgres });

        var exception = await Assert.ThrowsAsync<PostgresException>(() => respawner.ResetAsync(connection));

        Assert.Contains("SchemasToExclude", exception.MessageText, StringComparison.Ordinal);
        await database.ResetAsync(Cancel);
        Assert.Equal("1", await database.TextAsync("SELECT id FROM item"));
    }

    [Theory]
    [InlineData(ResetTo.Empty, EmptyBy.Respawn, 10)]
    [InlineData(ResetTo.Empty, EmptyBy.TouchedTables, 5)]
    [InlineData(ResetTo.Baseline, EmptyBy.Respawn, 1)]
    public async Task Resets_take_as_many_commands_for_a_hundred_tables_as_for_ten(ResetTo to, EmptyBy by, int most)
    {
        var few = await CountCommandsAsync(10, to, by);
        var many = await CountCommandsAsync(120, to, by);

        Assert.InRange(few, 1, most);
        Assert.Equal(few, many);
    }

    private async Task<int> CountCommandsAsync(int count, ResetTo to, EmptyBy by)
    {
        var tables = Enumerable.Range(0, count).Select(i => $"CREATE TABLE t{i} (id serial PRIMARY KEY, parent int REFERENCES t{Math.Max(0, i - 1)});");
        await using var database = await _engine.CreateAsync(string.Concat(tables), reset: new ResetOptions { EmptyBy = by });
        await database.ResetAsync(to, Cancel);
        await database.RunAsync("INSERT INTO t0 DEFAULT VALUES; INSERT INTO t1 (parent) VALUES (1); INSERT INTO t5 DEFAULT VALUES");
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        var commands = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(tag => Equals(tag.Value, name)) && activity.TagObjects.FirstOrDefault(
                    tag => tag.Key is "db.query.text" or "db.statement").Value is string text)
                {
                    commands.Add(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await database.ResetAsync(to, Cancel);

        return commands.Count;
    }

    private static async Task ResetAsOwnerAsync(PostgreSqlUnderTest engine)
    {
        await using var database = await engine.CreateAsync(
            $"""
            CREATE TABLE item (id int PRIMARY KEY, name text);
            CREATE TABLE audit (name text);
            {engine.AuditTrigger}
            CREATE TABLE a (id int PRIMARY KEY, b int);
            CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a ON DELETE RESTRICT);
            ALTER TABLE a ADD CONSTRAINT "a to b" FOREIGN KEY (b) REFERENCES b ON DELETE CASCADE DEFERRABLE;
            """,
            "INSERT INTO item VALUES (1, 'x'); INSERT INTO a VALUES (1), (2); INSERT INTO b VALUES (1, 1), (2, 2); UPDATE a SET b = 1");
        const string Constraints = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype IN ('f', 'p') ORDER BY 1";
        var rows = await engine.FingerprintAsync(database);
        var constraints = await database.TextAsync(Constraints);
        await database.RunAsync("DELETE FROM item; INSERT INTO a VALUES (3); UPDATE b SET a = 3; DELETE FROM a WHERE id = 2");

        await database.ResetAsync(Cancel);

        Assert.Equal(rows, await engine.FingerprintAsync(database));
        Assert.Equal(constraints, await database.TextAsync(Constraints));
        await database.ResetAsync(ResetTo.Empty, Cancel);
        Assert.Equal("0|0|0", await database.TextAsync("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b), (SELECT count(*) FROM audit)"));
    }
}
