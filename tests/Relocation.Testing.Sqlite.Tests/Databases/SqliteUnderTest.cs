using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

internal sealed class SqliteUnderTest(Func<DatabaseTarget> makeTarget) : DatabaseUnderTest
{
    private const string TablesSql = """
        SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')
        AND name NOT IN ('sqlite_schema') AND substr(name, 1, 13) <> '__relocation_' ORDER BY name
        """;

    public override DatabaseTarget Target { get; } = makeTarget();

    public override string CountedKey => "INTEGER PRIMARY KEY AUTOINCREMENT";

    public override string StoredLength => "length int GENERATED ALWAYS AS (length(name)) STORED";

    public override string AuditTrigger => """
        CREATE TRIGGER item_in AFTER INSERT ON item BEGIN INSERT INTO audit VALUES (new.name); END;
        CREATE TRIGGER item_out AFTER DELETE ON item BEGIN INSERT INTO audit VALUES (old.name); END;
        """;

    public override string NicknameTable =>
        "CREATE TABLE nickname (name text COLLATE NOCASE PRIMARY KEY, member int UNIQUE) WITHOUT ROWID";

    public override string TouchTrigger =>
        "CREATE TRIGGER touch AFTER INSERT ON team BEGIN UPDATE team SET touched = 1 WHERE id = new.id; END;";

    public override IReadOnlyList<string> MoreChanges =>
    [
        "INSERT OR REPLACE INTO team (id, name, slug, rank) VALUES ({0}, 'replaced', 'b', {1})",
        "INSERT OR REPLACE INTO team (name, rank) VALUES ('replaced by default', {1})",
        "INSERT OR REPLACE INTO team (name, slug) VALUES ('replaced null', NULL)",
        "INSERT OR IGNORE INTO team (id, name, slug) VALUES ({0}, 'ignored', 'g')",
        "UPDATE OR REPLACE team SET slug = 'b' WHERE id = {0}",
        "UPDATE OR REPLACE team SET rank = {0}",
        "UPDATE OR REPLACE team SET id = {1} WHERE id = {0}",
        "UPDATE OR IGNORE team SET id = {1}",
        "REPLACE INTO badge VALUES ({0}, {1}, 'silver')",
        "REPLACE INTO nickname VALUES ('aNN', {0})",
        "UPDATE OR REPLACE nickname SET member = {0}",
        "PRAGMA recursive_triggers = ON; REPLACE INTO team (id, name, slug) VALUES ({0}, 'recursive', 'g'); PRAGMA recursive_triggers = OFF",
        "PRAGMA foreign_keys = OFF; DELETE FROM team WHERE id = {0}; PRAGMA foreign_keys = ON",
        "INSERT INTO line (rowid, text) VALUES ({0}, 'at')",
        "INSERT OR REPLACE INTO line (rowid, text) VALUES ({0}, 'over')",
        "UPDATE line SET rowid = rowid + {0}",
        "UPDATE sqlite_sequence SET seq = {0}",
        "ALTER TABLE line ADD COLUMN more int DEFAULT {0}",
        "CREATE TABLE extra (id int); DROP TABLE nickname",
        "DELETE FROM __relocation_touched; DELETE FROM team WHERE id = {0}",
        "PRAGMA user_version = {0}; VACUUM",
    ];

    public override async Task<string> FingerprintAsync(DbConnection connection)
    {
        var lines = new List<string>();
        foreach (var table in (await connection.TextAsync(TablesSql)).Split('\n'))
        {
            var quoted = SqliteEngine.Instance.Quote(table);
            var rows = (await connection.TextAsync($"SELECT * FROM {quoted}")).Split('\n');
            lines.Add($"{table}: {string.Join("; ", rows.Order(StringComparer.Ordinal))}");
        }

        lines.Add(await connection.TextAsync("SELECT * FROM pragma_user_version, pragma_foreign_key_check"));
        return string.Join('\n', lines);
    }

    /// <summary>The bytes of the file, and the names of the files that SQLite leaves beside it while a transaction is open.</summary>
    public override async Task<string> StateAsync(TestDatabase database)
    {
        var builder = new SqliteConnectionStringBuilder(database.ConnectionString);
        if (builder.Mode == SqliteOpenMode.Memory)
        {
            return await FingerprintAsync(database);
        }

        var bytes = await File.ReadAllBytesAsync(builder.DataSource, TestContext.Current.CancellationToken);
        var beside = Directory.GetFiles(Path.GetDirectoryName(builder.DataSource)!, Path.GetFileName(builder.DataSource) + "-*");
        return $"{Convert.ToHexString(SHA256.HashData(bytes))} {string.Join(' ', beside.Order(StringComparer.Ordinal))}";
    }

    public override async Task<string> ConstraintsAsync(DbConnection connection) =>
        await connection.TextAsync("SELECT sql FROM sqlite_schema ORDER BY name") + await connection.TextAsync("PRAGMA foreign_keys");

    public override Task<bool> DeleteAsync(TestDatabase database)
    {
        var builder = new SqliteConnectionStringBuilder(database.ConnectionString);
        if (builder.Mode == SqliteOpenMode.Memory)
        {
            return Task.FromResult(false);
        }

        SqliteConnection.ClearAllPools();
        File.Delete(builder.DataSource);
        return Task.FromResult(true);
    }

    public override async Task<bool> ExistsAsync(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.Mode != SqliteOpenMode.Memory)
        {
            return File.Exists(builder.DataSource);
        }

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return await connection.CountAsync("sqlite_schema") > 0;
    }

    public override IReadOnlyDictionary<string, string> HostVariables => new Dictionary<string, string>();

    public override Task<IReadOnlyList<string>> LeftoversAsync(string temporary) => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.GetFiles(temporary, "relocation*").Order(StringComparer.Ordinal)]);

    /// <summary>In shared memory, a transaction that has read a table keeps others from writing it.</summary>
    /// <summary>Whoever has anything open on a SQLite database is in the way of every reset.</summary>
    public override Task<IAsyncDisposable?> LockTablesAsync(TestDatabase database, IEnumerable<string> tables) => Task.FromResult<IAsyncDisposable?>(null);

    public override Task RemoveTemplatesAsync() => Task.CompletedTask;

    public override string CountOfOurs => "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%relocation%'";

    public override async Task<DbConnection> OpenKeptAsync(KeptDatabase kept)
    {
        Assert.Contains($"'{kept.Path}'", kept.Message, StringComparison.Ordinal);
        var connection = new SqliteConnection($"Data Source={kept.Path};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public override Task<bool> IsKeptAsync(KeptDatabase kept) => Task.FromResult(File.Exists(kept.Path));

    public override Task RemoveKeptAsync(string folder) => Task.CompletedTask;

    public override IEnumerable<string> SpellingsOf(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 5 };
        yield return builder.ToString();
        if (builder.Mode == SqliteOpenMode.Memory)
        {
            yield return $"Data Source=file:{builder.DataSource}?mode=memory&cache=shared";
            yield break;
        }

        yield return $"Filename={builder.DataSource};Mode=ReadWrite";
        yield return $"Data Source=file:{builder.DataSource.Replace("_", "%5F", StringComparison.Ordinal)}";
        yield return $"Data Source={Path.GetRelativePath(Environment.CurrentDirectory, builder.DataSource)}";
        yield return $"Data Source={Path.Combine(Path.GetDirectoryName(builder.DataSource)!, ".", Path.GetFileName(builder.DataSource))}";
    }

    public override async Task<(DatabaseTarget Target, IAsyncDisposable Remove)> MakeExistingAsync(string name)
    {
        var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, $"{name}.db");
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.RunAsync("PRAGMA user_version = 1");
        return (SqliteTarget.File(path), folder);
    }

    public override IReadOnlyList<(DatabaseFault Fault, string? Code, Func<Exception> Exception)> Faults() =>
    [
        .. new (DatabaseFault Fault, int Code)[]
        {
            (DatabaseFault.Refused, 1), (DatabaseFault.NotAllowed, 3), (DatabaseFault.Locked, 5), (DatabaseFault.Locked, 262),
            (DatabaseFault.OutOfMemory, 7), (DatabaseFault.ReadOnly, 8), (DatabaseFault.ReadOnly, 1032), (DatabaseFault.Damaged, 10),
            (DatabaseFault.Damaged, 778), (DatabaseFault.Damaged, 11), (DatabaseFault.Full, 13), (DatabaseFault.Unreachable, 14),
            (DatabaseFault.Refused, 1811), (DatabaseFault.Damaged, 26),
        }.Select(fault => (
            fault.Fault,
            (string?)fault.Code.ToString(System.Globalization.CultureInfo.InvariantCulture),
            (Func<Exception>)(() => new SqliteException(fault.Code == 1 ? "no such thing" : "the value s3cret", fault.Code & 0xFF, fault.Code)))),
    ];

    public override string BaselineHolder => "another fixture of this process (since ";

    public override string BeginLock(string table) => $"BEGIN IMMEDIATE; DELETE FROM \"{table}\" WHERE 0";

    public override string BeginReadOnly => "PRAGMA query_only = ON";

    public override string EndReadOnly => "PRAGMA query_only = OFF";

    public override string BeginFull(string table) => "PRAGMA max_page_count = 1";

    public override string Fill(string place) => """
        CREATE TABLE filling AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT zeroblob(4096) AS x FROM n
        """;

    public override string EndFull(string table) => "PRAGMA max_page_count = 1000000";

    public override string AppendOnlyTable(string name) => $"""
        CREATE TABLE {name} (id int PRIMARY KEY);
        CREATE TRIGGER {name}_kept BEFORE DELETE ON {name} BEGIN SELECT RAISE(ABORT, 'append only'); END;
        """;
}
