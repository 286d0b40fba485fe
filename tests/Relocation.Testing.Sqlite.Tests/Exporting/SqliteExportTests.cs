using Relocation.Testing.Specification.Exporting;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Exporting;

public sealed class SqliteExportTests() : ExportSpecification(Engine)
{
    private static SqliteUnderTest Engine { get; } = new(SqliteTarget.InMemory);

    /// <summary>SQLite keeps whatever text it is given; the driver would read these as 15, as 24 days and as a day that may be another.</summary>
    [Theory]
    [InlineData(FieldType.Decimal, "NUMERIC", "'1,5'")]
    [InlineData(FieldType.Decimal, "TEXT", "'1,5'")]
    [InlineData(FieldType.Decimal, "TEXT", "''")]
    [InlineData(FieldType.Decimal, "TEXT", "' 1'")]
    [InlineData(FieldType.Decimal, "NUMERIC", "9e999")]
    [InlineData(FieldType.Duration, "TEXT", "'24:00:00'")]
    [InlineData(FieldType.Duration, "TEXT", "'1.5'")]
    [InlineData(FieldType.Date, "TEXT", "'2024-01'")]
    [InlineData(FieldType.DateTime, "TEXT", "'12:00'")]
    [InlineData(FieldType.Boolean, "INTEGER", "'true'")]
    public async Task Text_that_is_no_value_of_its_column_is_refused(FieldType type, string store, string value)
    {
        await using var database = await Engine.CreateAsync($"CREATE TABLE a (id INTEGER PRIMARY KEY, v {store})", $"INSERT INTO a VALUES (1, {value})");
        var key = new RelocationField { Name = "id", Column = "id", Type = FieldType.Integer, StoreType = "INTEGER" };
        var entity = new RelocationEntity
        {
            Label = ModelLabel.Parse("made.a"),
            Table = "a",
            Key = new RelocationKey { Fields = [key], Policy = KeyPolicy.Preserve },
            Fields = [new RelocationField { Name = "v", Column = "v", Type = type, StoreType = store, IsNullable = true }],
        };
        var exporter = new BackupExporter(RelocationModel.Create("made", [entity]), database.Engine, new ExportOptions());
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<ExportException>(
            () => exporter.ExportAsync(connection, BackupDestination.ToStream(Stream.Null), TestContext.Current.CancellationToken));

        Assert.Contains("column 'v' holds no ", refusal.Message, StringComparison.Ordinal);
    }
}
