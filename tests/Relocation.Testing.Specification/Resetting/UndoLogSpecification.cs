using System.Globalization;
using CsCheck;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Resetting;

/// <summary>Whatever a test does, on any connection, every way back to the baseline leads to the same content.</summary>
public abstract class UndoLogSpecification(DatabaseUnderTest engine)
{
    internal const string Seed = """
        INSERT INTO team (name, slug, rank) VALUES ('red', 'r', 1), ('blue', 'b', 2), ('green', 'g', 3), ('grey', 'y', 4);
        INSERT INTO member (team, boss, name) VALUES (1, NULL, 'ann'), (1, 1, 'bob'), (2, 1, 'cyd'), (3, 2, 'dan');
        INSERT INTO badge VALUES (1, 1, 'gold'), (1, 2, 'tin'), (2, 1, NULL);
        INSERT INTO nickname VALUES ('Ann', 1), ('bob', 2);
        INSERT INTO line VALUES ('x'), ('x'), (NULL);
        DELETE FROM member WHERE name = 'dan';
        """;

    /// <summary>Most fail now and then, which must be undone as well. The numbers of rows are random.</summary>
    internal static readonly string[] Changes =
    [
        "INSERT INTO team (name, slug, rank) VALUES ('new', 'n{0}', {1} + 4)",
        "INSERT INTO team (id, name, slug) VALUES ({0}, 'given', 's{0}')",
        "INSERT INTO team (id, name, slug, rank) VALUES ({0}, 'up', 'u{0}', {1}) ON CONFLICT (id) DO UPDATE SET name = 'upserted', rank = excluded.rank + 50",
        "INSERT INTO team (id, name, slug, rank) VALUES ({0}, 'up', 'u{0}', {1}) ON CONFLICT DO NOTHING",
        "INSERT INTO team (name, slug) VALUES ('by slug', 'r') ON CONFLICT (slug) DO UPDATE SET id = team.id + 20",
        "UPDATE team SET name = 'changed' WHERE id = {0}",
        "UPDATE team SET id = {1} + 10 WHERE id = {0}",
        "UPDATE team SET rank = CASE rank WHEN {0} THEN {1} + 60 ELSE rank END",
        "DELETE FROM team WHERE id = {0}",
        "DELETE FROM team",
        "INSERT INTO member (team, boss, name) VALUES ({0}, {1}, 'eve'), ({0}, NULL, 'fay')",
        "UPDATE member SET id = id + 100",
        "UPDATE member SET boss = id WHERE team = {0}",
        "DELETE FROM member WHERE id = {0}",
        "INSERT INTO badge VALUES ({0}, {1}, 'copper') ON CONFLICT (member, rank) DO UPDATE SET metal = 'melted'",
        "UPDATE badge SET rank = rank + {0} WHERE member = {1}",
        "UPDATE badge SET member = rank, rank = member",
        "DELETE FROM badge WHERE rank = {0}",
        "DELETE FROM nickname",
        "INSERT INTO nickname VALUES ('ANN', {0}), ('Bob', {1})",
        "UPDATE nickname SET name = upper(name)",
        "INSERT INTO line VALUES ('y'), (NULL)",
        "UPDATE line SET text = 'z' WHERE text = 'x'",
        "DELETE FROM line",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static string SchemaOf(DatabaseUnderTest engine) => $"""
        CREATE TABLE team (id {engine.CountedKey}, name text NOT NULL, slug text NOT NULL DEFAULT 'r' UNIQUE, rank int, touched int DEFAULT 0, {engine.StoredLength});
        CREATE UNIQUE INDEX team_rank ON team (rank) WHERE touched < 3;
        CREATE TABLE member (id {engine.CountedKey}, team int NOT NULL REFERENCES team (id) ON DELETE CASCADE ON UPDATE CASCADE,
            boss int REFERENCES member (id) ON DELETE SET NULL ON UPDATE CASCADE, name text);
        CREATE TABLE badge (member int REFERENCES member (id) ON DELETE CASCADE, rank int, metal text, PRIMARY KEY (member, rank));
        {engine.NicknameTable};
        CREATE TABLE line (text text);
        CREATE TABLE "empty one" (id int PRIMARY KEY);
        {engine.TouchTrigger}
        """;

    [Theory]
    [InlineData(ResetStrategy.Automatic)]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    public async Task Reset_restores_the_baseline_when_operations_are_random(ResetStrategy strategy)
    {
        await using var database = await engine.CreateAsync(SchemaOf(engine), Seed, new ResetOptions { Strategy = strategy });
        await using var first = await database.OpenConnectionAsync(Cancel);
        await using var second = await database.OpenConnectionAsync(Cancel);
        var baseline = await engine.FingerprintAsync(database);
        string[] changes = [.. Changes, .. engine.MoreChanges];
        var change = Gen.Select(Gen.Int[0, changes.Length - 1], Gen.Int[1, 6], Gen.Int[1, 6], (index, one, two) =>
            string.Format(CultureInfo.InvariantCulture, changes[index], one, two));
        var work = Gen.Select(change.List[1, 4], Gen.Enum<WorkEnd>(), Gen.Int[0, 2], (statements, end, connection) => (statements, end, connection));

        await work.List[0, 5].SampleAsync(
            async works =>
            {
                foreach (var (statements, end, connection) in works)
                {
                    if (connection < 2)
                    {
                        await RunAsync(connection == 0 ? first : second, statements, end);
                        continue;
                    }

                    await using var fresh = await database.OpenConnectionAsync(Cancel);
                    await RunAsync(fresh, statements, end);
                }

                await database.ResetAsync(Cancel);

                Assert.Equal(baseline, await engine.FingerprintAsync(database));
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public async Task Reset_restores_the_baseline_when_resets_to_empty_come_between()
    {
        foreach (var by in (EmptyBy[])[EmptyBy.Respawn, EmptyBy.TouchedTables])
        {
            await using var database = await engine.CreateAsync(SchemaOf(engine), Seed, new ResetOptions { EmptyBy = by });
            var baseline = await engine.FingerprintAsync(database);
            for (var i = 0; i < 3; i++)
            {
                await database.RunAsync("DELETE FROM line; INSERT INTO team (name, slug) VALUES ('a', 'a')");
                await database.ResetAsync(ResetTo.Empty, Cancel);
                await database.RunAsync("INSERT INTO team (id, name, slug) VALUES (2, 'x', 'x')");
                await database.ResetAsync(Cancel);
                Assert.Equal(baseline, await engine.FingerprintAsync(database));
            }
        }
    }

    [Fact]
    public async Task Reset_undoes_the_import_of_a_backup()
    {
        var options = new TestDatabaseOptions<ShelfContext>
        {
            Target = engine.Target,
            CreateContext = static options => new ShelfContext(options),
            Baseline = [Books(1, 40)],
            Reset = new ResetOptions { Strategy = ResetStrategy.UndoLog },
        };
        await using var database = await TestDatabase.CreateAsync(options, Cancel);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var baseline = await engine.FingerprintAsync(connection);
        for (var i = 0; i < 3; i++)
        {
            await database.ImportAsync(Books(1, 30), cancellationToken: Cancel);
            var imported = await engine.FingerprintAsync(connection);
            await database.ResetAsync(Cancel);
            Assert.Equal(baseline, await engine.FingerprintAsync(connection));
            await database.ImportAsync(Books(1, 30), cancellationToken: Cancel);
            Assert.Equal(imported, await engine.FingerprintAsync(connection));
            await database.ImportAsync(Books(1, 3_000), cancellationToken: Cancel);
            await database.ResetAsync(Cancel);
            Assert.Equal(baseline, await engine.FingerprintAsync(connection));
        }
    }

    private static Backup Books(int first, int count) => Backup.FromJson(
        $"[{string.Join(", ", Enumerable.Range(first, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"model": "shelf.book", "pk": {{{i}}}, "fields": {"title": "book {{{i}}}"}}""")))}]");

    internal static async Task RunAsync(System.Data.Common.DbConnection connection, List<string> statements, WorkEnd end)
    {
        if (end == WorkEnd.Each)
        {
            foreach (var statement in statements)
            {
                await Record.ExceptionAsync(() => connection.RunAsync(statement));
            }

            return;
        }

        await connection.RunAsync("BEGIN");
        foreach (var statement in statements)
        {
            await connection.RunAsync("SAVEPOINT step");
            var failed = await Record.ExceptionAsync(() => connection.RunAsync(statement)) is not null;
            await connection.RunAsync(failed || end == WorkEnd.Savepoint ? "ROLLBACK TO SAVEPOINT step" : "RELEASE SAVEPOINT step");
        }

        await Record.ExceptionAsync(() => connection.RunAsync(statements[0]));
        await connection.RunAsync(end == WorkEnd.RollBack ? "ROLLBACK" : "COMMIT");
    }
}
