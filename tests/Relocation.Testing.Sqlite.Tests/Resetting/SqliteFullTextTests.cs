using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Sqlite.Tests.Databases;
using Respawn;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

/// <summary>Virtual tables keep their rows in shadow tables, which must not be emptied one by one.</summary>
public sealed class SqliteFullTextTests
{
    private const string ExternalTriggers = """
        CREATE TRIGGER note_in AFTER INSERT ON note BEGIN INSERT INTO words(rowid, text) VALUES (new.id, new.text); END;
        CREATE TRIGGER note_out AFTER DELETE ON note BEGIN INSERT INTO words(words, rowid, text) VALUES ('delete', old.id, old.text); END;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CREATE VIRTUAL TABLE words USING fts5(text)")]
    [InlineData("CREATE VIRTUAL TABLE words USING fts5(text, content='')")]
    [InlineData("CREATE VIRTUAL TABLE words USING fts5(text, content='note', content_rowid='id');" + ExternalTriggers)]
    [InlineData("CREATE VIRTUAL TABLE words USING fts4(text)")]
    [InlineData("CREATE VIRTUAL TABLE \"words\"USING FTS5(text)")]
    public async Task Reset_empties_a_full_text_table_as_a_whole(string schema)
    {
        await using var database = await new SqliteUnderTest(SqliteTarget.InMemory)
            .CreateAsync($"CREATE TABLE note (id INTEGER PRIMARY KEY, text text); {schema}");
        const string Insert = "INSERT INTO note VALUES (1, 'one'), (2, 'two')";
        const string Index = "INSERT INTO words(rowid, text) SELECT id, text FROM note WHERE NOT EXISTS (SELECT 1 FROM words WHERE words MATCH 'two')";
        await database.RunAsync($"{Insert}; {Index}");
        Assert.Equal("2", await database.TextAsync("SELECT rowid FROM words WHERE words MATCH 'two'"));

        await database.ResetAsync(ResetTo.Empty, Cancel);
        Assert.Equal(string.Empty, await database.TextAsync("SELECT rowid FROM words WHERE words MATCH 'two'"));
        await database.RunAsync($"{Insert}; {Index}");

        Assert.Equal("2", await database.TextAsync("SELECT rowid FROM words WHERE words MATCH 'two'"));
        Assert.Equal("ok", await database.TextAsync("PRAGMA integrity_check"));
        await database.RunAsync("INSERT INTO words(words) VALUES ('integrity-check')");
    }

    [Fact]
    public async Task Reset_empties_an_rtree()
    {
        await using var database = await new SqliteUnderTest(SqliteTarget.InMemory)
            .CreateAsync("CREATE VIRTUAL TABLE area USING rtree(id, x0, x1)", "INSERT INTO area VALUES (1, 0, 1)");

        await database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal("0|ok", await database.TextAsync("SELECT count(*), rtreecheck('area') FROM area"));
    }

    /// <summary>Should this fail one day, Respawn has learned it and our correction can go.</summary>
    [Fact]
    public async Task Plain_respawn_breaks_a_full_text_table()
    {
        await using var database = await new SqliteUnderTest(SqliteTarget.InMemory)
            .CreateAsync("CREATE VIRTUAL TABLE words USING fts5(text)", "INSERT INTO words VALUES ('one')");
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var respawner = await Respawner.CreateAsync(connection, new RespawnerOptions { DbAdapter = DbAdapter.Sqlite });

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => respawner.ResetAsync(connection));
    }
}
