using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Tests.Server;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>A throw-away server takes its databases along, so a failed test's is kept as a dump.</summary>
public sealed class PostgreSqlDumpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dump_can_be_loaded_into_an_empty_database()
    {
        using var shared = new SharedPostgreSqlServer();
        var server = await PostgreSqlServerTests.UseAsync(shared);
        var folder = Directory.CreateTempSubdirectory("relocation-kept-");
        try
        {
            Assert.SkipUnless(HasProgram(server, "pg_dump") && HasProgram(server, "psql"), "The machine has a server without pg_dump and psql.");
            await using var database = await TestDatabase.CreateAsync(
                new TestDatabaseOptions
                {
                    Target = new PostgreSqlThrowAwayTarget(PostgreSqlEngine.Instance, shared),
                    Model = RelocationModel.Create("none", []),
                    Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE item (id serial PRIMARY KEY, name text)")),
                },
                Cancel);
            await database.RunAsync("INSERT INTO item (name) VALUES ('left')");

            var kept = await database.KeepAsync(new KeptPlace(folder.FullName, "Some.Test", TimeProvider.System.GetUtcNow()), Cancel);

            Assert.Contains($"'{kept.Path}'", kept.Message, StringComparison.Ordinal);
            await using var loaded = await TestDatabase.CreateAsync(
                new TestDatabaseOptions { Target = new PostgreSqlThrowAwayTarget(PostgreSqlEngine.Instance, shared), Model = RelocationModel.Create("none", []) }, Cancel);
            var name = new Npgsql.NpgsqlConnectionStringBuilder(loaded.ConnectionString).Database!;
            await ShellCommand.RunAsync(
                [DatabaseKeeping.ProgramIn(server.Programs, "psql"), "-v", "ON_ERROR_STOP=1", "-h", server.Folder, "-U", "postgres", "-d", name, "-f", kept.Path!], Cancel);
            Assert.Equal("1|left", await loaded.TextAsync("SELECT * FROM item"));
            Assert.Equal("2", await loaded.TextAsync("INSERT INTO item DEFAULT VALUES RETURNING id"));
            Assert.DoesNotContain("relocation_baseline", await File.ReadAllTextAsync(kept.Path!, Cancel), StringComparison.Ordinal);
            Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM pg_database WHERE datname LIKE 'relocation_kept%'"));
        }
        finally
        {
            folder.Delete(recursive: true);
            await shared.ReleaseAsync(server);
        }
    }

    private static bool HasProgram(PostgreSqlServer server, string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Append(server.Programs)
            .Any(folder => File.Exists(Path.Combine(folder, name)));
}
