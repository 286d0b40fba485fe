using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

/// <summary>Commands that meet a lock say whom they wait for, go on when it is gone, and end after the time that was given.</summary>
[Case("load/lock-timeout")]
public sealed class WaitingTests : IDisposable
{
    private const string PostgreSql = "PostgreSQL";

    private readonly Workplace _workplace = new();

    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            foreach (var engine in (string[])["SQLite", PostgreSql])
            {
                foreach (var command in (string[])["import", "export", "reset"])
                {
                    commands.Add(engine, command);
                }
            }

            return commands;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_says_whom_it_waits_for_and_goes_on_when_the_lock_is_gone(string engine, string command)
    {
        await using var database = await MakeAsync(engine);
        await using var holder = await LockAsync(database.Engine, database.ConnectionString);

        using var process = _workplace.Start(Arguments(command, database.ConnectionString));
        process.StandardInput.Close();
        var said = await process.StandardError.ReadLineAsync(Token);
        await holder.DisposeAsync();
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        new Outcome(process.ExitCode, await output, $"{said}\n{await error}").With(0);
        Assert.StartsWith("Waiting for ", said, StringComparison.Ordinal);
        Assert.EndsWith("5 min at most.", said, StringComparison.Ordinal);
        Assert.All(NamesOf(database, holder), name => Assert.Contains(name, said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SQLite", "import")]
    [InlineData("SQLite", "export")]
    [InlineData(PostgreSql, "import")]
    [InlineData(PostgreSql, "reset")]
    public async Task Command_ends_after_the_given_time_and_names_who_it_was(string engine, string command)
    {
        await using var database = await MakeAsync(engine);
        await using var holder = await LockAsync(database.Engine, database.ConnectionString);
        var watch = Stopwatch.StartNew();

        var outcome = (await _workplace.RunAsync([.. Arguments(command, database.ConnectionString), "--wait-limit", "1.2"])).With(3);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(25));
        Assert.Contains("it waited ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("or wait longer (--wait-limit).", outcome.Error, StringComparison.Ordinal);
        Assert.All(NamesOf(database, holder), name => Assert.Contains(name, outcome.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SQLite", "import")]
    [InlineData(PostgreSql, "import")]
    [InlineData(PostgreSql, "reset")]
    public async Task Signal_ends_the_waiting(string engine, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var database = await MakeAsync(engine);
        await using var holder = await LockAsync(database.Engine, database.ConnectionString);

        using var process = _workplace.Start(Arguments(command, database.ConnectionString));
        process.StandardInput.Close();
        Assert.StartsWith("Waiting for ", await process.StandardError.ReadLineAsync(Token), StringComparison.Ordinal);
        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Token);
        }

        await process.WaitForExitAsync(Token);

        Assert.Equal(130, process.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1:2")]
    [InlineData("99999999999999")]
    public async Task Time_that_is_none_is_a_mistake_of_the_user(string time)
    {
        var outcome = (await _workplace.RunAsync("reset", "--database", "shop_test.db", $"--wait-limit={time}")).With(2);

        Assert.Contains($"--wait-limit: '{time}' is no time.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData(PostgreSql)]
    public async Task Command_of_relocations_waits_for_no_longer_than_it_may(string engine)
    {
        await using var database = await MakeSentryAsync(engine, SentryTables.Import | SentryTables.Tasks);
        await using var holder = await LockAsync(database.Engine, database.ConnectionString, "sentry_relocation");
        var watch = Stopwatch.StartNew();

        var outcome = (await _workplace.RunAsync("task", "status", "--database", database.ConnectionString, "--wait-limit", "1.2")).With(3);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(25));
        Assert.DoesNotContain("s3cret", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData(PostgreSql)]
    public async Task Saving_of_events_says_whom_it_waits_for_and_goes_on_when_the_lock_is_gone(string engine)
    {
        await using var database = await MakeSentryAsync(engine, SentryTables.Events);
        var project = database.Baseline[0].Map.TargetKeys(ModelLabel.Parse("sentry.project")).First().ToString();
        await File.WriteAllTextAsync(_workplace.PathOf("events.json"), """[{"message": "It broke"}]""", Token);
        await using var holder = await LockAsync(database.Engine, database.ConnectionString, "sentry_organization");

        using var process = _workplace.Start("events", "save", "events.json", "--database", database.ConnectionString, "--project", project);
        process.StandardInput.Close();
        var said = await process.StandardError.ReadLineAsync(Token);
        await holder.DisposeAsync();
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        new Outcome(process.ExitCode, await output, $"{said}\n{await error}").With(0);
        Assert.StartsWith("Waiting for ", said, StringComparison.Ordinal);
        Assert.Contains(engine == PostgreSql ? "application 'the holder'" : ".db'", said, StringComparison.Ordinal);
    }

    private static string[] NamesOf(TestDatabase database, Holder holder) => database.Engine.Name == PostgreSql
        ? [$"session {holder.Session} (", "application 'the holder'", "idle in a transaction since ", "its last statement: LOCK on \"Orders\")", "table 'public.Orders'"]
        : OperatingSystem.IsLinux() ? [$"process {Environment.ProcessId} (", "which writes to '", ".db'"] : ["another connection", ".db'"];

    private static string[] Arguments(string command, string database)
    {
        string[] model = ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--database", database];
        return command switch
        {
            "import" => ["import", Workplace.Fixture("shop/complete.json"), .. model],
            "export" => ["export", "out.json", .. model],
            _ => ["reset", .. model],
        };
    }

    private async Task<TestDatabase> MakeAsync(string engine)
    {
        var target = engine == PostgreSql ? PostgreSqlTarget.ThrowAway() : SqliteTarget.File(_workplace.PathOf("shop_test.db"));
        return await TestDatabase.CreateAsync(
            new TestDatabaseOptions<Specification.Models.Shop.ShopContext> { Target = target, Reset = new ResetOptions { Strategy = ResetStrategy.Copy } }, Token);
    }

    private async Task<TestDatabase> MakeSentryAsync(string engine, SentryTables tables) => await TestDatabase.CreateAsync(
        new TestDatabaseOptions
        {
            Target = engine == PostgreSql ? PostgreSqlTarget.ThrowAway() : SqliteTarget.File(_workplace.PathOf("sentry_test.db")),
            Model = SentryModel.Create(engine == PostgreSql ? PostgreSqlEngine.Instance : SqliteEngine.Instance, tables),
            Schema = SchemaSource.FromModel,
            Baseline = [Backup.FromFile(Workplace.Fixture("sentry/organization.json"))],
            Import = new ImportOptions { Scope = SentryScopes.Organization },
            Reset = new ResetOptions { Strategy = ResetStrategy.Copy },
        },
        Token);

    /// <summary>Holds what every command needs, by a statement that has a value in it.</summary>
    private static async Task<Holder> LockAsync(DatabaseEngine engine, string connectionString, string table = "Orders")
    {
        var isServer = engine.Name == PostgreSql;
        var connection = engine.CreateConnection($"{connectionString};Pooling=False{(isServer ? ";Application Name=the holder" : string.Empty)}");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = isServer ? $"BEGIN; SELECT 's3cret'; LOCK TABLE \"{table}\"; SELECT pg_backend_pid()" : "BEGIN EXCLUSIVE; SELECT 0";
        var session = await command.ExecuteScalarAsync(Token);
        if (isServer)
        {
            // The last statement is what the server tells of.
            command.CommandText = "SELECT pg_backend_pid()";
            session = await command.ExecuteScalarAsync(Token);
            command.CommandText = $"LOCK TABLE \"{table}\" /* s3cret */";
            await command.ExecuteNonQueryAsync(Token);
        }

        return new Holder(connection, Convert.ToString(session, CultureInfo.InvariantCulture)!);
    }

    private sealed class Holder(DbConnection connection, string session) : IAsyncDisposable
    {
        internal string Session => session;

        public ValueTask DisposeAsync()
        {
            if (connection is SqliteConnection sqlite)
            {
                SqliteConnection.ClearPool(sqlite);
            }

            return connection.DisposeAsync();
        }
    }
}
