using CsCheck;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Resetting;

/// <summary>After a reset to the baseline, the database holds what it held, key counters included.</summary>
public abstract class ResetToBaselineSpecification(DatabaseUnderTest engine)
{
    private const string Seed = """
        INSERT INTO team (name, slug) VALUES ('red', 'r'), ('blue', 'b'), ('green', 'g');
        INSERT INTO member (team, boss, name) VALUES (1, NULL, 'ann'), (1, 1, 'bob'), (2, 1, 'cyd'), (3, 2, 'dan');
        UPDATE team SET captain = 2 WHERE id = 1;
        INSERT INTO log VALUES ('x'), ('x'), (NULL);
        DELETE FROM member WHERE name = 'dan';
        """;

    /// <summary>Each of them succeeds or fails on whatever the others left; either must be undone.</summary>
    private static readonly string[] Changes =
    [
        "INSERT INTO team (name, slug) VALUES ('new', 'n')",
        "INSERT INTO member (team, name) VALUES (1, 'eve'), (2, 'fay')",
        "DELETE FROM team WHERE id = 2",
        "DELETE FROM team",
        "DELETE FROM log",
        "INSERT INTO log VALUES ('y')",
        "UPDATE log SET line = 'z' WHERE line = 'x'",
        "UPDATE team SET slug = CASE slug WHEN 'r' THEN 'tmp' ELSE slug END",
        "UPDATE team SET slug = 'r' WHERE id = 2",
        "UPDATE team SET name = 'RED', captain = NULL WHERE id = 1",
        "UPDATE member SET id = id + 100",
        "UPDATE member SET boss = id",
        "DELETE FROM member WHERE boss IS NOT NULL",
        "INSERT INTO team (id, name, slug) VALUES (50, 'far', 'f')",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Schema => $"""
        CREATE TABLE team (id {engine.CountedKey}, name text NOT NULL, slug text UNIQUE, captain int, {engine.StoredLength});
        CREATE TABLE member (id {engine.CountedKey}, team int NOT NULL REFERENCES team (id) ON DELETE CASCADE,
            boss int REFERENCES member (id) ON DELETE SET NULL, name text);
        CREATE TABLE log (line text);
        CREATE TABLE "empty one" (id int PRIMARY KEY);
        """;

    [Fact]
    public async Task Reset_restores_every_row_and_counter_when_changes_are_random()
    {
        await using var database = await engine.CreateAsync(Schema, Seed);
        var baseline = await engine.FingerprintAsync(database);

        await Gen.Int[0, Changes.Length - 1].List[0, 12].SampleAsync(
            async changes =>
            {
                foreach (var change in changes)
                {
                    await Record.ExceptionAsync(() => database.RunAsync(Changes[change]));
                }

                await database.ResetAsync(Cancel);

                Assert.Equal(baseline, await engine.FingerprintAsync(database));
            },
            iter: 40, threads: 1);
    }

    [Fact]
    public async Task Reset_hands_out_the_same_keys_again()
    {
        await using var database = await engine.CreateAsync(Schema, Seed);
        await database.RunAsync(Changes[0]);
        var once = await engine.FingerprintAsync(database);

        await database.ResetAsync(Cancel);
        await database.RunAsync(Changes[0]);

        Assert.Equal(once, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Reset_restores_the_baseline_when_the_database_was_emptied()
    {
        await using var database = await engine.CreateAsync(Schema, Seed);
        var baseline = await engine.FingerprintAsync(database);

        await database.ResetAsync(ResetTo.Empty, Cancel);
        Assert.NotEqual(baseline, await engine.FingerprintAsync(database));
        await database.ResetAsync(ResetTo.Baseline, Cancel);

        Assert.Equal(baseline, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Reset_is_seen_by_connections_that_were_open_before()
    {
        await using var database = await engine.CreateAsync(Schema, Seed);
        await using var writer = await database.OpenConnectionAsync(Cancel);
        await using var reader = await database.OpenConnectionAsync(Cancel);
        var baseline = await engine.FingerprintAsync(reader);
        await writer.RunAsync(Changes[1]);

        await database.ResetAsync(Cancel);

        Assert.Equal(baseline, await engine.FingerprintAsync(writer));
        Assert.Equal(baseline, await engine.FingerprintAsync(reader));
        await writer.RunAsync(Changes[1]);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => reader.RunAsync("INSERT INTO member (team) VALUES (99)"));
    }

    [Fact]
    public async Task Reset_changes_nothing_when_changes_were_rolled_back()
    {
        await using var database = await engine.CreateAsync(Schema, Seed);
        var baseline = await engine.FingerprintAsync(database);
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = Changes[1];
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(Cancel);
            await transaction.RollbackAsync(Cancel);
        }

        await database.ResetAsync(Cancel);

        Assert.Equal(baseline, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Reset_is_undisturbed_by_triggers_that_write()
    {
        await using var database = await engine.CreateAsync(
            $"""
            CREATE TABLE item (id int PRIMARY KEY, name text);
            CREATE TABLE audit (name text);
            {engine.AuditTrigger}
            """,
            "INSERT INTO item VALUES (1, 'a'), (2, 'b')");
        var baseline = await engine.FingerprintAsync(database);
        await database.RunAsync("DELETE FROM item; DELETE FROM audit; INSERT INTO item VALUES (3, 'c')");

        await database.ResetAsync(Cancel);

        Assert.Equal(baseline, await engine.FingerprintAsync(database));
        await database.RunAsync("INSERT INTO item VALUES (3, 'c')");
        Assert.Equal("3", await database.TextAsync("SELECT count(*) FROM audit"));
    }
}
