namespace Relocation.Testing.Cli.Tests;

/// <summary>An import that makes its tables, or its file, and fails leaves neither; one that is resumed leaves them from its first chunk on.</summary>
public sealed class NewDatabaseTests : IDisposable
{
    private const string Id = "3f2504e0-4f89-41d3-9a0c-0305e82c3302";

    private readonly Workplace _workplace = new();

    /// <summary>The ways to import, and whether the backup that is refused is Sentry's.</summary>
    public static TheoryData<string, bool> Ways => new()
    {
        { "import BACKUP", true },
        { "import BACKUP --scope organization", true },
        { "import BACKUP --scope global --create-schema", true },
        { "import users BACKUP", true },
        { "import BACKUP --create-schema --assembly SHOP --context ShopContext", false },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Refused_backup_leaves_no_file_that_was_not_there_and_no_byte_changed_of_one_that_was(string command, bool isSentrys)
    {
        (await RunAsync(command, Refused(isSentrys), "new_test.db")).With(1);

        Assert.DoesNotContain(Directory.GetFiles(_workplace.Folder), file => Path.GetFileName(file).StartsWith("new_test", StringComparison.Ordinal));
        _workplace.Scalar("old_test.db", "CREATE TABLE other AS SELECT 1 AS id");
        var before = await File.ReadAllBytesAsync(_workplace.PathOf("old_test.db"), Token);
        (await RunAsync(command, Refused(isSentrys), "old_test.db")).With(1);
        Assert.Equal(before, await File.ReadAllBytesAsync(_workplace.PathOf("old_test.db"), Token));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Refused_backup_leaves_nothing_in_a_database_of_a_server(string command, bool isSentrys)
    {
        await using var database = await PostgreSqlTests.CreateAsync();
        var before = await ObjectsAsync(database);

        (await RunAsync(command, Refused(isSentrys), database.ConnectionString)).With(1);

        Assert.Equal(before, await ObjectsAsync(database));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Resumable_import_that_is_refused_says_what_stays_of_it(string command, bool isSentrys)
    {
        await using var server = await PostgreSqlTests.CreateAsync();
        foreach (var database in (string[])["new_test.db", server.ConnectionString])
        {
            foreach (var _ in Enumerable.Range(0, 2))
            {
                var outcome = (await RunAsync($"{command} --resume {Id}", Refused(isSentrys), database)).With(1);

                Assert.EndsWith($"\n1 chunk of import {Id} is committed and stays. Run the same command again to go on after it.\n", outcome.Error, StringComparison.Ordinal);
            }
        }

        Assert.Equal(1L, _workplace.Scalar("new_test.db", "SELECT chunks FROM relocation_import"));
    }

    [Theory]
    [InlineData("import BACKUP --create-schema")]
    [InlineData("import BACKUP --create-schema --scope config")]
    public async Task Import_that_fails_after_a_chunk_says_so_and_the_same_command_goes_on(string command)
    {
        var option = """{"model": "sentry.option", "pk": 1, "fields": {"key": "a", "value": "1", "last_updated": "2024-01-01T00:00:00Z", "last_updated_by": "unknown"}}""";
        var backup = _workplace.Write("backup.json", $"[{option}, {option.Replace("\"pk\": 1", "\"pk\": 2", StringComparison.Ordinal).Replace("\"a\"", "7", StringComparison.Ordinal)}]");
        _workplace.Write("findings.json", "one without --scope");
        await using var server = await PostgreSqlTests.CreateAsync();
        foreach (var database in (string[])["new_test.db", server.ConnectionString])
        {
            var first = (await RunAsync($"{command} --resume {Id} --chunk-size 1{(command.Contains("--scope", StringComparison.Ordinal) ? " --findings-file findings.json" : string.Empty)}", backup, database)).With(1);
            var second = (await RunAsync($"{command} --resume {Id} --chunk-size 1 --json", backup, database)).With(1);

            Assert.Contains("2 chunks are committed and stay", first.Error, StringComparison.Ordinal);
            Assert.EndsWith($"2 chunks of import {Id} are committed and stay. Run the same command again to go on after them.\n", first.Error, StringComparison.Ordinal);
            Assert.Contains("2 chunks are committed and stay", second.Json().GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("[]", await File.ReadAllTextAsync(_workplace.PathOf("findings.json"), Token), StringComparison.Ordinal);
        }

        Assert.Equal(1L, _workplace.Scalar("new_test.db", "SELECT count(*) FROM sentry_option"));
    }

    [Fact]
    public async Task Restored_instance_may_have_any_name_when_its_file_is_new()
    {
        var backup = Workplace.Fixture("sentry/organization.json");
        (await RunAsync("import global BACKUP", backup, "instance.db")).With(0);

        (await RunAsync("import global BACKUP", backup, "instance.db")).With(1);
        Assert.Equal(3L, _workplace.Scalar("instance.db", "SELECT count(*) FROM auth_user"));
    }

    [Fact]
    public async Task Import_that_has_ended_is_given_again_though_its_tables_were_to_be_created()
    {
        foreach (var scope in (string[])[string.Empty, " --scope organization"])
        {
            var command = $"import BACKUP --create-schema --json --resume {Guid.NewGuid()}{scope}";
            var database = $"{scope.Length}_test.db";
            var first = (await RunAsync(command, Workplace.Fixture("sentry/organization.json"), database)).With(0).Json();
            var again = (await RunAsync(command, Workplace.Fixture("sentry/organization.json"), database)).With(0).Json();

            Assert.True(first.GetProperty("database").GetProperty("createdSchema").GetBoolean());
            Assert.False(again.GetProperty("database").GetProperty("createdSchema").GetBoolean());

            // The second finds every chunk committed by the first, and is the same besides.
            var chunks = first.GetProperty("counts").GetProperty("committedChunks").GetInt32();
            Assert.Equal(
                first.GetProperty("counts").ToString().Replace("\"resumedChunks\": 0", $"\"resumedChunks\": {chunks}", StringComparison.Ordinal),
                again.GetProperty("counts").ToString());
            (await RunAsync("import BACKUP --create-schema" + scope, Workplace.Fixture("sentry/organization.json"), database)).With(1);
        }
    }

    /// <summary>Everything that can be made in a database: relations, types, functions, schemas, extensions.</summary>
    private static async Task<string> ObjectsAsync(TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT string_agg(name, E'\n' ORDER BY name) FROM (
                SELECT 'relation ' || oid::regclass FROM pg_class WHERE relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
                UNION ALL SELECT 'type ' || oid::regtype FROM pg_type WHERE typnamespace::regnamespace::text !~ '^(pg_|information_schema)'
                UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
                UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
                UNION ALL SELECT 'extension ' || extname FROM pg_extension) AS all_of_it (name)
            """;
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }

    private Task<Outcome> RunAsync(string command, string backup, string database) => _workplace.RunAsync(
    [
        .. command.Split(' ').Select(argument => argument.Replace("BACKUP", backup, StringComparison.Ordinal).Replace("SHOP", Workplace.ShopAssembly, StringComparison.Ordinal)),
        "--database", database,
    ]);

    /// <summary>A backup that is refused when it is written: for a long name, or a reference that leads nowhere.</summary>
    private string Refused(bool isSentrys) => _workplace.Write(
        "refused.json",
        isSentrys
            ? $$$"""
              [
                {"model": "sentry.user", "pk": 4, "fields": {"username": "{{{new string('x', 129)}}}", "name": "", "email": "", "password": ""}},
                {"model": "sentry.useremail", "pk": 4, "fields": {"user": 9, "email": "a@example.com"}}
              ]
              """
            : """[{"model": "shop.review", "pk": [100, 3], "fields": {"stars": 4, "text": null}}]""");
}
