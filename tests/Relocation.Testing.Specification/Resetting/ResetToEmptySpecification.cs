using CsCheck;
using Relocation.Testing.Specification.Databases;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Specification.Resetting;

/// <summary>Emptying a database through Respawn, with each of the failures of plain Respawn.</summary>
public abstract class ResetToEmptySpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reset_hands_out_the_same_keys_again_when_rows_were_written()
    {
        await using var database = await engine.CreateAsync($"CREATE TABLE item (id {engine.CountedKey}, name text)");
        await database.RunAsync("INSERT INTO item (name) VALUES ('a'), ('b')");
        var first = await engine.FingerprintAsync(database);

        await database.ResetAsync(ResetTo.Empty, Cancel);
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM item"));
        await database.RunAsync("INSERT INTO item (name) VALUES ('a'), ('b')");

        Assert.Equal(first, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Reset_empties_tables_when_they_refer_to_each_other_in_a_cycle()
    {
        await using var database = await engine.CreateAsync("""
            CREATE TABLE team (id int PRIMARY KEY);
            CREATE TABLE member (id int PRIMARY KEY, team int NOT NULL REFERENCES team (id));
            ALTER TABLE team ADD COLUMN lead int REFERENCES member (id);
            """);
        await database.RunAsync("INSERT INTO team VALUES (1, NULL); INSERT INTO member VALUES (7, 1); UPDATE team SET lead = 7");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("0|0", await database.TextAsync("SELECT (SELECT count(*) FROM team), (SELECT count(*) FROM member)"));
    }

    [Fact]
    public async Task Reset_empties_a_table_when_its_rows_refer_to_each_other()
    {
        await using var database = await engine.CreateAsync(
            "CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node (id) ON DELETE RESTRICT)");
        await database.RunAsync("INSERT INTO node VALUES (1, 1), (2, 1), (3, 2)");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM node"));
    }

    [Theory]
    [InlineData("order")]
    [InlineData("two words")]
    [InlineData("qu\"ote")]
    [InlineData("apo'strophe; --")]
    [InlineData("p@ram:eter$1")]
    [InlineData("UPPER")]
    public async Task Reset_empties_a_table_when_its_name_needs_quoting(string name)
    {
        var quoted = engine.Target.Engine.Quote(name);
        await using var database = await engine.CreateAsync($"CREATE TABLE {quoted} (id {engine.CountedKey}, name text)");
        await database.RunAsync($"INSERT INTO {quoted} (name) VALUES ('a')");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("0", await database.TextAsync($"SELECT count(*) FROM {quoted}"));
    }

    [Fact]
    public async Task Reset_empties_tables_when_no_key_is_counted()
    {
        await using var database = await engine.CreateAsync(
            "CREATE TABLE item (id int PRIMARY KEY)", reset: new ResetOptions { Respawner = new RespawnerOptions { WithReseed = true } });
        await database.RunAsync("INSERT INTO item VALUES (1)");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ON DELETE CASCADE")]
    [InlineData("ON DELETE SET NULL")]
    public async Task Reset_is_refused_before_anything_is_touched_when_a_kept_table_refers_to_an_emptied_one(string onDelete)
    {
        await using var database = await engine.CreateAsync(
            $"""
            CREATE TABLE country (id int PRIMARY KEY);
            CREATE TABLE city (id int PRIMARY KEY, country_id int, CONSTRAINT city_country FOREIGN KEY (country_id) REFERENCES country (id) {onDelete});
            CREATE TABLE other (id int PRIMARY KEY);
            """,
            reset: new ResetOptions { Respawner = new RespawnerOptions { TablesToIgnore = [new Table("city")] } });
        await database.RunAsync("INSERT INTO country VALUES (1); INSERT INTO city VALUES (2, 1); INSERT INTO other VALUES (3)");
        var before = await engine.FingerprintAsync(database);

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));

        Assert.Matches("'(public\\.)?city' refers to '(public\\.)?country' through the foreign key .*(city_country|country_id)", exception.Message);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Reset_keeps_the_history_of_migrations()
    {
        await using var database = await engine.CreateAsync("""
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" text PRIMARY KEY);
            CREATE TABLE item (id int PRIMARY KEY);
            """);
        await database.RunAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('1_First'); INSERT INTO item VALUES (1)");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("1|0", await database.TextAsync("SELECT (SELECT count(*) FROM \"__EFMigrationsHistory\"), (SELECT count(*) FROM item)"));
    }

    [Fact]
    public async Task Reset_runs_the_delete_statement_of_the_user_when_there_is_one()
    {
        var respawner = new RespawnerOptions { FormatDeleteStatement = table => $"DELETE FROM {table.Name} WHERE id > 1" };
        await using var database = await engine.CreateAsync(
            "CREATE TABLE item (id int PRIMARY KEY); CREATE TABLE other (id int PRIMARY KEY)", reset: new ResetOptions { Respawner = respawner });
        await database.RunAsync("INSERT INTO item VALUES (1), (2); INSERT INTO other VALUES (2)");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("1|0", await database.TextAsync("SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM other)"));
    }

    [Fact]
    public async Task Reset_is_refused_when_the_adapter_is_of_another_database()
    {
        var respawner = new RespawnerOptions { DbAdapter = DbAdapter.SqlServer };
        await using var database = await engine.CreateAsync(
            "CREATE TABLE item (id int PRIMARY KEY)", reset: new ResetOptions { Respawner = respawner });

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));

        Assert.Contains("DbAdapter", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_leaves_nothing_behind_when_triggers_write_on_deletion()
    {
        await using var database = await engine.CreateAsync($"""
            CREATE TABLE item (id int PRIMARY KEY, name text);
            CREATE TABLE audit (name text);
            {engine.AuditTrigger}
            """);
        await database.RunAsync("INSERT INTO item VALUES (1, 'a'), (2, 'b')");
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM audit"));

        await database.ResetAsync(ResetTo.Empty, Cancel);
        Assert.Equal("0|0", await database.TextAsync("SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM audit)"));

        await database.RunAsync("INSERT INTO item VALUES (1, 'a')");
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM audit"));
    }

    [Fact]
    public async Task Reset_leaves_views_and_computed_columns_as_they_are()
    {
        await using var database = await engine.CreateAsync($"""
            CREATE TABLE item (id int PRIMARY KEY, name text, {engine.StoredLength});
            CREATE VIEW names AS SELECT name, length FROM item;
            """);
        await database.RunAsync("INSERT INTO item (id, name) VALUES (1, 'abc')");

        await database.ResetAsync(ResetTo.Empty, Cancel);
        await database.RunAsync("INSERT INTO item (id, name) VALUES (1, 'abcd')");

        Assert.Equal("abcd|4", await database.TextAsync("SELECT * FROM names"));
    }

    [Fact]
    public async Task Reset_leaves_open_connections_usable_and_foreign_keys_enforced()
    {
        await using var database = await engine.CreateAsync("""
            CREATE TABLE country (id int PRIMARY KEY);
            CREATE TABLE city (id int PRIMARY KEY, country_id int REFERENCES country (id));
            """);
        await using var open = await database.OpenConnectionAsync(Cancel);
        await open.RunAsync("INSERT INTO country VALUES (1); INSERT INTO city VALUES (2, 1)");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal(0, await open.CountAsync("city"));
        await using var fresh = await database.OpenConnectionAsync(Cancel);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => open.RunAsync("INSERT INTO city VALUES (2, 1)"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => fresh.RunAsync("INSERT INTO city VALUES (2, 1)"));
    }

    [Fact]
    public async Task Reset_empties_exactly_what_it_says_or_refuses_when_tables_and_references_are_random()
    {
        const int Tables = 5;
        var cases = Gen.Select(
            Gen.Bool.Array[Tables * Tables], Gen.Bool.Array[Tables], Gen.Bool, (links, ignored, include) => (links, ignored, include));
        await cases.SampleAsync(
            async sample =>
            {
                var schema = string.Concat(Enumerable.Range(0, Tables).Select(i => $"CREATE TABLE t{i} (id int PRIMARY KEY);\n"));
                var columns = from i in Enumerable.Range(0, Tables)
                              from j in Enumerable.Range(0, Tables)
                              where sample.links[(i * Tables) + j]
                              select $"ALTER TABLE t{i} ADD COLUMN r{j} int REFERENCES t{j} (id);\n";
                var options = sample.include
                    ? new RespawnerOptions { TablesToInclude = [.. Names(sample.ignored, false)] }
                    : new RespawnerOptions { TablesToIgnore = [.. Names(sample.ignored, true)] };
                var includesNothing = sample.include && options.TablesToInclude.Length == 0;
                await using var database = await engine.CreateAsync(
                    schema + string.Concat(columns), reset: new ResetOptions { Respawner = options });
                await database.RunAsync(string.Concat(Enumerable.Range(0, Tables).Select(i => $"INSERT INTO t{i} (id) VALUES (1), (2);\n")));
                await database.RunAsync(string.Concat(
                    from i in Enumerable.Range(0, Tables)
                    from j in Enumerable.Range(0, Tables)
                    where sample.links[(i * Tables) + j]
                    select $"UPDATE t{i} SET r{j} = 1;\n"));
                bool IsKept(int table) => sample.ignored[table] && !includesNothing;
                var mustRefuse = (from i in Enumerable.Range(0, Tables)
                                  from j in Enumerable.Range(0, Tables)
                                  where sample.links[(i * Tables) + j] && IsKept(i) && !IsKept(j)
                                  select i).Any();

                var refused = await Record.ExceptionAsync(() => database.ResetAsync(ResetTo.Empty, Cancel)) is ResetException;

                var counts = await database.TextAsync(
                    $"SELECT {string.Join(", ", Enumerable.Range(0, Tables).Select(i => $"(SELECT count(*) FROM t{i})"))}");
                Assert.Equal(mustRefuse, refused);
                Assert.Equal(string.Join('|', Enumerable.Range(0, Tables).Select(i => refused || IsKept(i) ? 2 : 0)), counts);
            },
            iter: 25, threads: 1);

        static IEnumerable<Table> Names(bool[] flags, bool value) =>
            Enumerable.Range(0, flags.Length).Where(i => flags[i] == value).Select(i => new Table($"t{i}"));
    }
}
