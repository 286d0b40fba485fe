using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

/// <summary>
/// Keys without AUTOINCREMENT, which others may be given between the chunks of a resumable import: it goes on when that does no harm, and says so
/// when it might.
/// </summary>
public sealed class ReusedKeyTests
{
    private const string Schema = """
        CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL, owner INTEGER NOT NULL REFERENCES owner (id));
        CREATE TABLE other (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO owner (name) VALUES ('first'), ('second');
        """;

    private const string Expected = "3|a\n4|b\n5|c";

    private static readonly Guid Id = new("11111111-2222-4333-8444-777777777777");

    private readonly SqliteUnderTest _engine = new(SqliteTarget.TemporaryFile);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INSERT INTO other (name) VALUES ('x'); DELETE FROM owner WHERE id < 3; UPDATE owner SET name = 'B' WHERE id = 3", "3|B\n4|b\n5|c")]
    [InlineData("INSERT INTO owner (id, name) VALUES (99, 'far'); INSERT INTO owner (name) VALUES ('next')", Expected + "\n99|far\n100|next")]
    [InlineData("INSERT INTO owner (id, name) VALUES (0, 'zero'); INSERT INTO pet (id, name, owner) VALUES (1000, 'x', 4)", "0|zero\n" + Expected)]
    public async Task What_others_write_between_chunks_is_kept_where_it_does_no_harm(string sql, string expected)
    {
        await using var database = await StoppedAsync();
        await database.RunAsync(sql);

        var result = await database.ImportAsync(Pets(), Options(), Cancel);

        Assert.Equal(expected, await database.TextAsync("SELECT id, name FROM owner WHERE id NOT IN (1, 2) ORDER BY id"));
        Assert.Equal("p|4\nq|5\nr|3", await database.TextAsync("SELECT name, owner FROM pet WHERE id < 1000 ORDER BY name"));
        Assert.Equal(3, result.ResumedChunks);
    }

    [Fact]
    public async Task Key_that_another_row_has_taken_is_refused_and_the_import_goes_on_when_that_row_is_gone()
    {
        await using var database = await StoppedAsync();
        await database.RunAsync("INSERT INTO owner (name) VALUES ('other')");
        var before = await _engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Pets(), Options(), Cancel));

        Assert.Contains("Table 'owner' has a row with the same unique values already (owner.id)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("when somebody else has written to the tables since, undo that and give the same call again", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((BackupProblemKind.RowRefused, 3), (refusal.Problems.Single().Kind, refusal.Problems.Single().Place.Ordinal));
        Assert.Equal(before, await _engine.FingerprintAsync(database));
        await database.RunAsync("DELETE FROM owner WHERE name = 'other'");
        await database.ImportAsync(Pets(), Options(), Cancel);
        Assert.Equal(Expected, await database.TextAsync("SELECT id, name FROM owner WHERE id > 2 ORDER BY id"));
    }

    [Theory]
    [InlineData("DELETE FROM owner WHERE id = 4; INSERT INTO owner (name) VALUES ('impostor')")]
    [InlineData("DELETE FROM owner WHERE id > 2; INSERT INTO owner (name) VALUES ('impostor'), ('a')")]
    [InlineData("DELETE FROM owner WHERE id = 4")]
    [InlineData("UPDATE owner SET name = CAST(name AS BLOB) WHERE id = 4")]
    public async Task Last_row_that_is_gone_or_another_is_refused_before_a_reference_leads_to_it(string sql)
    {
        await using var database = await StoppedAsync();
        await database.RunAsync(sql);
        var before = await _engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ResumeRefusedException>(() => database.ImportAsync(Pets(), Options(), Cancel));

        Assert.Contains("table 'owner'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await _engine.FingerprintAsync(database));
        await database.RunAsync("DELETE FROM owner WHERE id > 2; INSERT INTO owner VALUES (3, 'a'), (4, 'b')");
        await database.ImportAsync(Pets(), Options(), Cancel);
        Assert.Equal(Expected, await database.TextAsync("SELECT id, name FROM owner WHERE id > 2 ORDER BY id"));
    }

    [Fact]
    public async Task Other_row_that_is_gone_is_missed_by_the_reference_to_it()
    {
        await using var database = await StoppedAsync();
        await database.RunAsync("DELETE FROM owner WHERE id = 3; INSERT INTO other (name) VALUES ('x')");
        var before = await _engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Pets(), Options(), Cancel));

        Assert.Contains("Table 'pet' has a foreign key that does not hold", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("6 chunks are committed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM owner WHERE name = 'c'"));
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM pet WHERE owner = 3"));
        Assert.NotEqual(before, await _engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Tables_with_AUTOINCREMENT_give_no_key_out_twice()
    {
        await using var database = await StoppedAsync(Schema.Replace("INTEGER PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal));
        await database.RunAsync("INSERT INTO owner (name) VALUES ('other'); UPDATE owner SET name = 'B' WHERE id = 4");

        await database.ImportAsync(Pets(), Options(), Cancel);

        Assert.Equal("3|a\n4|B\n5|c\n6|other", await database.TextAsync("SELECT id, name FROM owner WHERE id > 2 ORDER BY id"));
        Assert.Equal("p|4\nq|5\nr|3", await database.TextAsync("SELECT name, owner FROM pet ORDER BY name"));
    }

    private static ImportOptions Options(ImportStop? stop = null) => new() { ResumeId = Id, ChunkSize = 1, Stop = stop };

    private static Backup Pets() => Made.Backup("""
        owner 1 {"name": "a"}
        owner 2 {"name": "b"}
        owner 3 {"name": "c"}
        pet 1 {"name": "p", "owner": 2}
        pet 2 {"name": "q", "owner": 3}
        pet 3 {"name": "r", "owner": 1}
        """);

    /// <summary>A database with the import's first two owners.</summary>
    private async Task<TestDatabase> StoppedAsync(string schema = Schema)
    {
        var made = new Made(_engine.Target.Engine);
        var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = _engine.Target,
                Model = RelocationModel.Create(
                    "made",
                    [
                        made.Entity("owner", [made.Field("name", FieldType.Text)]),
                        made.Entity("pet", [made.Field("name", FieldType.Text), made.Field("owner")], Made.To("owner", "owner")),
                    ]),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(schema)),
            },
            Cancel);
        await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(Pets(), Options(ImportStop.AtChunk(4)), Cancel));
        Assert.Equal("3|a\n4|b", await database.TextAsync("SELECT id, name FROM owner WHERE id > 2 ORDER BY id"));
        return database;
    }
}
