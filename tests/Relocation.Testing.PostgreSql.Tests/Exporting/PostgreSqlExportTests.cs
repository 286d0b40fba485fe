using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Exporting;

namespace Relocation.Testing.PostgreSql.Tests.Exporting;

public sealed class PostgreSqlExportTests(PostgreSqlFixture fixture) : ExportSpecification(fixture.UnderTest)
{
    [Fact]
    public async Task Rows_that_others_commit_meanwhile_are_not_exported()
    {
        await using var database = await fixture.UnderTest.CreateAsync("CREATE TABLE a (id bigint PRIMARY KEY); CREATE TABLE b (id bigint PRIMARY KEY)", "INSERT INTO a VALUES (1)");
        var model = RelocationModel.Create("made", [Entity("a"), Entity("b")]);
        var exporter = new BackupExporter(model, database.Engine, new ExportOptions { Rules = [new Meanwhile(() => database.RunAsync("INSERT INTO a VALUES (2); INSERT INTO b VALUES (1)"))] });
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var result = await exporter.ExportAsync(connection, BackupDestination.ToStream(Stream.Null), TestContext.Current.CancellationToken);

        Assert.Equal([("made.a", 1L), ("made.b", 0L)], result.Models.Select(counts => (counts.Model.Value, counts.Rows)));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM b"));
    }

    /// <summary>The driver reads the first ones as other values, without an error.</summary>
    [Theory]
    [InlineData(FieldType.DateTime, "timestamp", "294276-12-31 23:59:59.999999")]
    [InlineData(FieldType.DateTime, "timestamp", "60000-01-01")]
    [InlineData(FieldType.Instant, "timestamp with time zone", "60454-06-01 00:00:00+00")]
    [InlineData(FieldType.Duration, "interval", "-1 mon")]
    [InlineData(FieldType.Duration, "interval", "-1 year 2 days")]
    [InlineData(FieldType.Duration, "interval", "1000000000000 seconds")]
    [InlineData(FieldType.Duration, "interval", "2147483647 days")]
    [InlineData(FieldType.DateTime, "timestamp", "10000-01-01")]
    [InlineData(FieldType.DateTime, "timestamp", "0001-12-31 BC")]
    [InlineData(FieldType.Duration, "interval", "1 mon")]
    public async Task Values_beyond_NETs_types_are_refused(FieldType type, string store, string value)
    {
        await using var database = await fixture.UnderTest.CreateAsync($"CREATE TABLE a (id bigint PRIMARY KEY, v {store})", $"INSERT INTO a VALUES (1, '{value}')");

        var refusal = await Assert.ThrowsAsync<ExportException>(() => ExportAsync(database, type, store));

        Assert.Contains("column 'v' holds no ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FieldType.DateTime, "timestamp", "infinity", "9999-12-31T23:59:59.9999999Z")]
    [InlineData(FieldType.DateTime, "timestamp", "-infinity", "0001-01-01T00:00:00.000Z")]
    [InlineData(FieldType.DateTime, "timestamp", "9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.999999Z")]
    [InlineData(FieldType.DateTime, "timestamp", "0001-01-01", "0001-01-01T00:00:00.000Z")]
    [InlineData(FieldType.DateTime, "timestamp", "1999-12-31 23:59:59.999999", "1999-12-31T23:59:59.999999Z")]
    [InlineData(FieldType.Duration, "interval", "-3 days 04:05:06.000007", "-P2DT19H54M53.999993S")]
    public async Task Values_at_the_ends_of_NETs_types_are_exported_as_they_are(FieldType type, string store, string value, string exported)
    {
        await using var database = await fixture.UnderTest.CreateAsync($"CREATE TABLE a (id bigint PRIMARY KEY, v {store})", $"INSERT INTO a VALUES (1, '{value}')");

        Assert.Equal(exported, JsonNode.Parse(await ExportAsync(database, type, store))![0]!["fields"]!["v"]!.GetValue<string>());
    }

    private static async Task<string> ExportAsync(TestDatabase database, FieldType type, string store)
    {
        var entity = Entity("a") with { Fields = [new RelocationField { Name = "v", Column = "v", Type = type, StoreType = store, IsNullable = true }] };
        var exporter = new BackupExporter(RelocationModel.Create("made", [entity]), database.Engine, new ExportOptions());
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        using var stream = new MemoryStream();
        await exporter.ExportAsync(connection, BackupDestination.ToStream(stream), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static RelocationEntity Entity(string name) => new()
    {
        Label = ModelLabel.Parse($"made.{name}"),
        Table = name,
        Key = new RelocationKey { Fields = [new RelocationField { Name = "id", Column = "id", Type = FieldType.Integer, StoreType = "bigint" }], Policy = KeyPolicy.Preserve },
        Fields = [],
    };

    /// <summary>Lets somebody write once the first model has been read.</summary>
    private sealed class Meanwhile(Func<Task> write) : ExportRule
    {
        public override IReadOnlyList<ModelLabel> Models { get; } = [ModelLabel.Parse("made.b")];

        public override async ValueTask<Func<SelectedRecord, string?>?> BeginAsync(ExportSession session, ModelLabel model, CancellationToken cancellationToken)
        {
            await write();
            return null;
        }
    }
}
