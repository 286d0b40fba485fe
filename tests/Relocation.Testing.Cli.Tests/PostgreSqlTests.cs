using Npgsql;

namespace Relocation.Testing.Cli.Tests;

public sealed class PostgreSqlTests : IDisposable
{
    private readonly Workplace _workplace = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Sentry_backup_is_imported_and_emptied_and_gives_the_map_of_SQLite()
    {
        await using var database = await CreateAsync();
        var backup = Workplace.Fixture("sentry/organization.json");
        (await _workplace.RunAsync("import", backup, "--map", "keys.verified.txt")).With(0);

        var imported = (await _workplace.RunAsync(
            "import", backup, "--database", UrlOf(database), "--approved", "keys.verified.txt", "--json")).With(0).Json();
        Assert.Equal(136, imported.GetProperty("counts").GetProperty("inserted").GetInt32());
        Assert.True(imported.GetProperty("database").GetProperty("createdSchema").GetBoolean());
        Assert.Equal(3L, await CountAsync(database, "sentry_useremail"));

        var again = (await _workplace.RunAsync("import", backup, "--database", database.ConnectionString)).With(1);
        Assert.Contains("was not imported", again.Error, StringComparison.Ordinal);
        Assert.Equal(3L, await CountAsync(database, "sentry_useremail"));

        (await _workplace.RunAsync("reset", "--database", database.ConnectionString)).With(0);
        Assert.Equal(0L, await CountAsync(database, "sentry_useremail"));
        (await _workplace.RunAsync("import", backup, "--database", UrlOf(database), "--approved", "keys.verified.txt")).With(0);
    }

    [Fact]
    public async Task Context_of_an_assembly_is_imported_with_its_own_schema()
    {
        await using var database = await CreateAsync();
        string[] arguments =
        [
            "import", Workplace.Fixture("shop/complete.json"), "--assembly", Workplace.ShopAssembly, "--context", "ShopContext",
            "--database", database.ConnectionString,
        ];

        var outcome = (await _workplace.RunAsync(arguments)).With(0);

        Assert.Contains("Imported 57 of 57 records as ShopContext, into PostgreSQL database 'relocation_test_", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(8L, await CountAsync(database, "\"OrderLines\""));
    }

    [Fact]
    public async Task Refused_backup_leaves_no_tables()
    {
        await using var database = await CreateAsync();
        var backup = _workplace.Write("backup.json", """[{"model": "sentry.option", "pk": 1, "fields": {"key": 7, "value": "1"}}]""");

        var outcome = (await _workplace.RunAsync("import", backup, "--database", UrlOf(database))).With(1);

        Assert.Contains("backup.json:1:", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0L, await CountAsync(database, "pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task Relocation_runs_and_its_scratch_database_is_on_the_same_server()
    {
        const string Uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        await using var database = await CreateAsync();
        var users = _workplace.Write(
            "users.json", """[{"model": "sentry.user", "pk": 1, "fields": {"username": "boss", "name": "", "email": "", "password": ""}}]""");
        (await _workplace.RunAsync("import", "users", users, "--database", UrlOf(database))).With(0);
        (await _workplace.RunAsync(
            "task", "start", Workplace.Fixture("sentry/organization.json"), "--database", UrlOf(database), "--owner", "boss", "--org-slugs", "pine-sons", "--uuid", Uuid))
            .With(0);

        var state = (await _workplace.RunAsync("task", "run", Uuid, "--database", UrlOf(database), "--allow-plain-json", "--json")).With(0).Json();

        Assert.Equal("success", state.GetProperty("status").GetString());
        Assert.Equal("valid", state.GetProperty("relocation").GetProperty("validation").GetString());
        Assert.Equal(1L, await CountAsync(database, "sentry_organization WHERE status = 0"));
    }

    private static async Task<long> CountAsync(TestDatabase database, string from)
    {
        await using var connection = await database.OpenConnectionAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {from}";
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static string UrlOf(TestDatabase database)
    {
        var builder = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var password = builder.Password is null ? string.Empty : $":{Uri.EscapeDataString(builder.Password)}";
        var user = builder.Username is null ? string.Empty : $"{Uri.EscapeDataString(builder.Username)}{password}@";

        // A socket's folder is no host of a URL, so it follows as a setting.
        var isSocket = builder.Host?.StartsWith('/') == true;
        return $"postgres://{user}{(isSocket ? "localhost" : builder.Host)}:{builder.Port}/{builder.Database}"
            + (isSocket ? $"?host={Uri.EscapeDataString(builder.Host!)}" : string.Empty);
    }

    /// <summary>A new database; the test is skipped where there is no server, but not on a build server.</summary>
    internal static async Task<TestDatabase> CreateAsync()
    {
        try
        {
            return await TestDatabase.CreateAsync(
                new TestDatabaseOptions { Target = PostgreSqlTarget.ThrowAway(), Model = SentryModel.Create(PostgreSqlEngine.Instance) },
                Token);
        }
        catch (PostgreSqlUnavailableException exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }
}
