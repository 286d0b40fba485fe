using Npgsql;
using Relocation.Testing.PostgreSql.Tests.Databases;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

/// <summary>Row-level security never hides rows from what we do; a test's own connections keep it.</summary>
[Case("rls")]
public sealed class PostgreSqlRowSecurityTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private const string Schema = """
        CREATE SCHEMA app;
        CREATE TABLE app.doc (id int PRIMARY KEY, title text);
        INSERT INTO app.doc VALUES (1, 'one'), (2, 'two');
        CREATE POLICY tenant ON app.doc USING (title = current_setting('app.tenant', true)) WITH CHECK (true);
        ALTER TABLE app.doc ENABLE ROW LEVEL SECURITY;
        """;

    private const string Force = "ALTER TABLE app.doc FORCE ROW LEVEL SECURITY";

    private readonly PostgreSqlUnderTest _engine = (PostgreSqlUnderTest)fixture.UnderTest;
    private readonly string _role = $"relocation_test_rls_{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Backup Document => Backup.FromJson("""[{"model": "app.doc", "pk": 3, "fields": {"title": "three"}}]""");

    private static RelocationModel Model => RelocationModel.Create("app", [EntityOf("doc")]);

    private DatabaseTarget OwnersTarget =>
        PostgreSqlTarget.OnServer(new NpgsqlConnectionStringBuilder(fixture.ConnectionString) { Username = _role }.ToString());

    public async ValueTask InitializeAsync() => await AsAdminAsync($"CREATE ROLE {_role} LOGIN CREATEDB");

    public async ValueTask DisposeAsync() => await AsAdminAsync($"DROP ROLE {_role}");

    [Theory]
    [InlineData(ResetStrategy.Automatic)]
    [InlineData(ResetStrategy.Copy)]
    public async Task A_baseline_that_the_role_cannot_see_is_refused(ResetStrategy strategy)
    {
        var exception = await Assert.ThrowsAsync<ResetException>(() => CreateAsync($"{Schema}{Force}", strategy));

        AssertHelps(exception);
    }

    [Fact]
    public async Task Imports_exports_and_resets_are_refused_and_nothing_changes()
    {
        await using var database = await CreateAsync(Schema);
        await database.RunAsync(Force);

        AssertHelps(await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Document, cancellationToken: Cancel)));
        AssertHelps(await Assert.ThrowsAsync<ExportException>(() => database.ExportToJsonAsync(cancellationToken: Cancel)));
        AssertHelps(await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel)));
        await database.RunAsync("SET app.tenant = 'one'; DELETE FROM app.doc");
        var changed = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(Cancel));
        Assert.Contains("its schema was changed: altered table app.doc", changed.Message, StringComparison.Ordinal);

        await database.RunAsync("ALTER TABLE app.doc NO FORCE ROW LEVEL SECURITY");
        Assert.Equal("2|two", await database.TextAsync("SELECT id, title FROM app.doc"));
        await database.ResetAsync(Cancel);
        Assert.Equal("1|one\n2|two", await database.TextAsync("SELECT id, title FROM app.doc ORDER BY 1"));
    }

    [Fact]
    public async Task A_test_keeps_its_policies_on_connections_that_we_have_used()
    {
        await using var database = await CreateAsync(Schema);
        await database.ImportAsync(Document, cancellationToken: Cancel);
        await database.ExportToJsonAsync(cancellationToken: Cancel);
        await database.ResetAsync(Cancel);
        await database.ResetAsync(ResetTo.Empty, Cancel);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("on", await database.TextAsync("SHOW row_security"));
        }

        await database.RunAsync(Force);
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM app.doc"));
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task A_transaction_of_the_tests_has_its_setting_back_after_an_import_and_an_export(string setting)
    {
        await using var database = await CreateAsync(Schema);
        await using var connection = (NpgsqlConnection)await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await connection.RunAsync($"SET LOCAL row_security = {setting}");

        await new BackupImporter(Model, PostgreSqlEngine.Instance).ImportAsync(transaction, Document, Cancel);
        Assert.Equal(setting, await connection.TextAsync("SHOW row_security"));
        using var written = new MemoryStream();
        await new BackupExporter(Model, PostgreSqlEngine.Instance).ExportAsync(transaction, BackupDestination.ToStream(written), Cancel);
        Assert.Equal(setting, await connection.TextAsync("SHOW row_security"));
        await connection.RunAsync(Force);
        AssertHelps(await Assert.ThrowsAsync<ImportException>(
            () => new BackupImporter(Model, PostgreSqlEngine.Instance).ImportAsync(transaction, Document, Cancel)));
        Assert.Equal(setting, await connection.TextAsync("SHOW row_security"));
    }

    [Fact]
    public async Task A_role_that_sees_every_row_is_served()
    {
        await AsAdminAsync($"ALTER ROLE {_role} BYPASSRLS");
        await using var database = await CreateAsync($"{Schema}{Force}");
        await database.ImportAsync(Document, cancellationToken: Cancel);
        Assert.Equal("3", await database.TextAsync("SELECT count(*) FROM app.doc"));

        await database.ResetAsync(Cancel);

        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM app.doc"));
    }

    private static void AssertHelps(Exception exception)
    {
        Assert.Contains("doc", exception.Message, StringComparison.Ordinal);
        Assert.Contains("row-level security", exception.Message, StringComparison.Ordinal);
        Assert.Contains("BYPASSRLS", exception.Message, StringComparison.Ordinal);
        Assert.Contains("NO FORCE ROW LEVEL SECURITY", exception.Message, StringComparison.Ordinal);
    }

    private static RelocationEntity EntityOf(string table) => new()
    {
        Label = ModelLabel.Parse($"app.{table}"),
        Schema = "app",
        Table = table,
        Key = new RelocationKey { Fields = [FieldOf("id", FieldType.Integer, "integer")], Policy = KeyPolicy.Preserve },
        Fields = [FieldOf("title", FieldType.Text, "text")],
    };

    private static RelocationField FieldOf(string name, FieldType type, string store) =>
        new() { Name = name, Column = name, Type = type, StoreType = store };

    private async Task<TestDatabase> CreateAsync(string schema, ResetStrategy strategy = ResetStrategy.Automatic) => await TestDatabase.CreateAsync(
        new TestDatabaseOptions
        {
            Target = OwnersTarget,
            Model = Model,
            Schema = SchemaSource.From((connection, _) => connection.RunAsync(schema)),
            Reset = new ResetOptions { Strategy = strategy },
        },
        Cancel);

    private async Task AsAdminAsync(string sql)
    {
        await using var connection = await _engine.OpenAsync();
        await connection.RunAsync(sql);
    }
}
