using System.Globalization;
using CsCheck;
using Relocation.Testing.Specification.Databases;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Specification.Resetting;

/// <summary>Emptying by touched tables leaves what Respawn would leave.</summary>
public abstract class TouchedTablesSpecification(DatabaseUnderTest engine)
{
    private const string Seed = """
        INSERT INTO country VALUES (1, 'A'), (2, 'B');
        INSERT INTO city (country, name) VALUES (1, 'a'), (2, 'b');
        INSERT INTO kept (name) VALUES ('k');
        """;

    private static readonly string[] Changes =
    [
        "INSERT INTO city (country, name) VALUES (1, 'c')",
        "INSERT INTO country VALUES (1, 'C') ON CONFLICT DO NOTHING",
        "INSERT INTO country VALUES (9, 'C') ON CONFLICT (id) DO UPDATE SET name = 'D'",
        "INSERT INTO kept (name) VALUES ('m')",
        "INSERT INTO note VALUES ('n')",
        "DELETE FROM city",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Schema => $"""
        CREATE TABLE country (id int PRIMARY KEY, name text);
        CREATE TABLE city (id {engine.CountedKey}, country int REFERENCES country (id) ON DELETE CASCADE, name text);
        CREATE TABLE kept (id {engine.CountedKey}, name text);
        CREATE TABLE note (line text);
        """;

    [Fact]
    public async Task Database_is_as_after_respawn_when_changes_and_resets_are_random()
    {
        await using var touched = await CreateAsync(EmptyBy.TouchedTables);
        await using var respawned = await CreateAsync(EmptyBy.Respawn);

        await Gen.Int[0, Changes.Length + 1].List[1, 10].SampleAsync(
            async steps =>
            {
                foreach (var step in steps.Append(Changes.Length))
                {
                    foreach (var database in (TestDatabase[])[touched, respawned])
                    {
                        await (step < Changes.Length
                            ? Record.ExceptionAsync(() => database.RunAsync(Changes[step])).AsTask()
                            : database.ResetAsync(step == Changes.Length ? ResetTo.Empty : ResetTo.Baseline, Cancel));
                    }
                }

                Assert.Equal(await engine.FingerprintAsync(respawned), await engine.FingerprintAsync(touched));
            },
            iter: 25, threads: 1);
    }

    [Fact]
    public async Task Reset_is_refused_when_there_is_a_delete_statement_of_the_users()
    {
        var respawner = new RespawnerOptions { FormatDeleteStatement = table => $"DELETE FROM {table.Name}" };
        await using var database = await engine.CreateAsync(
            Schema, reset: new ResetOptions { EmptyBy = EmptyBy.TouchedTables, Respawner = respawner });

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));

        Assert.Contains("FormatDeleteStatement", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_is_refused_when_nothing_notes_what_is_touched()
    {
        await using var database = await engine.CreateAsync(
            Schema, reset: new ResetOptions { EmptyBy = EmptyBy.TouchedTables, Strategy = ResetStrategy.Copy });

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));

        Assert.Contains("EmptyBy.Respawn", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ResetTo.Empty)]
    [InlineData(ResetTo.Baseline)]
    public async Task Tables_that_no_test_has_touched_are_not_even_read(ResetTo to)
    {
        string[] tables = [.. Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{i}"))];
        string[] touched = ["t0", "t1", "t50"];
        var schema = string.Concat(tables.Select((table, i) => $"CREATE TABLE {table} (id {engine.CountedKey}, parent bigint REFERENCES {tables[Math.Max(0, i - 1)]});"));
        await using var database = await engine.CreateAsync(schema, reset: new ResetOptions { EmptyBy = EmptyBy.TouchedTables });
        var before = await engine.FingerprintAsync(database);
        for (var i = 0; i < 3; i++)
        {
            await database.RunAsync("INSERT INTO t0 (parent) VALUES (NULL), (1); INSERT INTO t1 (parent) VALUES (1); INSERT INTO t50 (parent) VALUES (NULL)");
            await using (await engine.LockTablesAsync(database, tables.Except(touched)))
            {
                await database.ResetAsync(to, Cancel);
            }

            Assert.Equal(before, await engine.FingerprintAsync(database));
        }
    }

    private Task<TestDatabase> CreateAsync(EmptyBy by) => engine.CreateAsync(
        Schema, Seed, new ResetOptions { EmptyBy = by, Respawner = new RespawnerOptions { TablesToIgnore = [new Table("kept")] } });
}
