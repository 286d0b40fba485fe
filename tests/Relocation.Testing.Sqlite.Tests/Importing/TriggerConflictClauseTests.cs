using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

/// <summary>The conflict clauses of statements within users' triggers hold: SQLite lets that of the firing statement override them.</summary>
[Case("trigger-conflict-clause")]
public sealed class TriggerConflictClauseTests
{
    private static readonly SqliteUnderTest Engine = new(SqliteTarget.TemporaryFile);
    private static readonly Made Made = new(SqliteEngine.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INSERT OR IGNORE INTO seen VALUES ('today', 2)", "today|1")]
    [InlineData("INSERT OR REPLACE INTO seen VALUES ('today', 2)", "today|2")]
    [InlineData("REPLACE INTO seen VALUES ('today', 2)", "today|2")]
    [InlineData("UPDATE OR IGNORE seen SET day = NULL", "today|1")]
    [InlineData("INSERT INTO seen VALUES ('today', 2) ON CONFLICT DO UPDATE SET n = n + 1", null)]
    public async Task Clause_of_a_trigger_holds(string statement, string? seen)
    {
        await using var database = await DatabaseAsync($"CREATE TRIGGER audit AFTER INSERT ON mark BEGIN {statement}; END");
        var lines = string.Join('\n', Enumerable.Range(1, 40).Select(key => $$"""mark {{key}} {"value":{{key}}}"""));

        await database.ImportAsync(Made.Backup(lines), cancellationToken: Cancel);

        Assert.Equal("40", await database.TextAsync("SELECT count(*) FROM mark"));
        Assert.Equal(seen ?? "today|41", await database.TextAsync("SELECT * FROM seen"));
        await database.ResetAsync(Cancel);
        Assert.Equal("today|1", await database.TextAsync("SELECT * FROM seen"));
    }

    [Fact]
    public async Task Clause_of_a_trigger_on_updates_holds()
    {
        await using var database = await DatabaseAsync("CREATE TRIGGER audit AFTER UPDATE ON mark BEGIN INSERT OR IGNORE INTO seen VALUES ('today', 2); END");
        await database.RunAsync("INSERT INTO mark (value) VALUES (5)");

        var result = await database.ImportAsync(
            Made.Backup("""mark 1 {"value":5}"""), new ImportOptions { OnCollision = CollisionPolicy.Overwrite }, Cancel);

        Assert.Equal(1, Assert.Single(result.Models).Overwritten);
        Assert.Equal("today|1", await database.TextAsync("SELECT * FROM seen"));
    }

    [Fact]
    public async Task Refused_record_is_named_though_rows_come_one_by_one()
    {
        await using var database = await DatabaseAsync("CREATE TRIGGER audit AFTER INSERT ON mark BEGIN INSERT OR IGNORE INTO seen VALUES ('today', 2); END");
        var lines = string.Join('\n', Enumerable.Range(1, 40).Select(key => $$"""mark {{key}} {"value":{{(key == 23 ? 3 : key)}}}"""));

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Made.Backup(lines), cancellationToken: Cancel));

        Assert.Equal("23", Assert.Single(refusal.Problems).Place.Key.ToString());
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM mark"));
    }

    [Theory]
    [InlineData("ON CONFLICT REPLACE")]
    [InlineData("ON CONFLICT IGNORE")]
    public async Task Clause_of_a_constraint_takes_no_row_away_when_another_is_overwritten(string clause)
    {
        await using var database = await DatabaseAsync(string.Empty, $"other int UNIQUE {clause}");
        await database.RunAsync("INSERT INTO mark (value, other) VALUES (1, 10), (2, 20)");

        await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""mark 1 {"value":1,"other":20}"""), new ImportOptions { OnCollision = CollisionPolicy.Overwrite }, Cancel));

        Assert.Equal("1|10\n2|20", await database.TextAsync("SELECT value, other FROM mark ORDER BY 1"));
    }

    [Theory]
    [InlineData("other int UNIQUE ON CONFLICT REPLACE", "ON CONFLICT REPLACE")]
    [InlineData("other int NOT NULL DEFAULT 1 UNIQUE on /* which? */ conflict\n ignore", "ON CONFLICT IGNORE")]
    [InlineData("other int, UNIQUE (other) ON CONFLICT REPLACE", "ON CONFLICT REPLACE")]
    public async Task Table_with_triggers_and_such_a_clause_is_refused_by_name(string column, string clause)
    {
        await using var database = await DatabaseAsync("CREATE TRIGGER audit AFTER INSERT ON mark BEGIN SELECT 1; END", column);
        await database.RunAsync("INSERT INTO mark (value, other) VALUES (1, 10)");
        var backup = Made.Backup("""mark 1 {"value":2,"other":10}""");

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, cancellationToken: Cancel));
        var held = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(backup, new ImportOptions { Triggers = TriggerPolicy.HoldBack }, Cancel));

        Assert.Contains("table 'mark'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(clause, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(held.Problems).Place.Key.ToString());
        Assert.Equal("1|10", await database.TextAsync("SELECT value, other FROM mark"));
    }

    [Theory]
    [InlineData("other int UNIQUE ON CONFLICT FAIL")]
    [InlineData("other int /* not ON CONFLICT REPLACE */ UNIQUE")]
    [InlineData("other int UNIQUE CHECK (other <> 'ON CONFLICT IGNORE')")]
    public async Task Table_with_triggers_is_taken_where_its_constraints_refuse(string column)
    {
        await using var database = await DatabaseAsync("CREATE TRIGGER audit AFTER INSERT ON mark BEGIN SELECT 1; END", column);

        await database.ImportAsync(Made.Backup("""mark 1 {"value":2,"other":10}"""), cancellationToken: Cancel);

        Assert.Equal("2|10", await database.TextAsync("SELECT value, other FROM mark"));
    }

    private static Task<TestDatabase> DatabaseAsync(string trigger, string? column = null) => TestDatabase.CreateAsync(
        new TestDatabaseOptions
        {
            Target = Engine.Target,
            Model = RelocationModel.Create("made", [Made.Entity("mark", [Made.Field("value"), .. column is null ? Array.Empty<RelocationField>() : [Made.Field("other")]]) with { Uniques = [new UniqueSet { Fields = ["value"] }] }]),
            Schema = SchemaSource.From((connection, _) => connection.RunAsync(
                $"CREATE TABLE mark (id INTEGER PRIMARY KEY AUTOINCREMENT, value int NOT NULL UNIQUE{(column is null ? string.Empty : $", {column}")});"
                + "CREATE TABLE seen (day TEXT NOT NULL PRIMARY KEY, n INT); INSERT INTO seen VALUES ('today', 1);" + trigger)),
        },
        Cancel);
}
