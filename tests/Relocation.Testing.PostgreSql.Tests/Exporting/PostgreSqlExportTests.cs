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
