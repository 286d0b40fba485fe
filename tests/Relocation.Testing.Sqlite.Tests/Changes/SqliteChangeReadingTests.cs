using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Changes;

/// <summary>What only SQLite lets a test do.</summary>
public sealed class SqliteChangeReadingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Value_that_does_not_fit_its_column_is_told_as_it_is_stored()
    {
        var options = new TestDatabaseOptions
        {
            Target = SqliteTarget.InMemory(),
            Model = RelocationModel.Create("stock", [new RelocationEntity
            {
                Label = ModelLabel.Parse("stock.part"),
                Table = "part",
                Key = new RelocationKey { Fields = [Field("id", FieldType.Integer)], Policy = KeyPolicy.Remap },
                Fields = [Field("number", FieldType.Integer), Field("weight", FieldType.Real)],
            }]),
            Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE part (id INTEGER PRIMARY KEY, number INTEGER, weight REAL)")),
            Baseline = [Backup.FromJson("""[{"model": "stock.part", "pk": 5, "fields": {"number": 1, "weight": 1.5}}]""")],
        };
        await using var database = await TestDatabase.CreateAsync(options, Cancel);
        await database.RunAsync("UPDATE part SET number = 'many'");

        var changes = await database.ChangesAsync(cancellationToken: Cancel);

        Assert.Contains("stock.part", Assert.Single(changes.Notes), StringComparison.Ordinal);
        var part = Assert.Single(changes.Of("stock.part", ChangeKind.Changed));
        Assert.Equal(("stock.part#5", "1", "\"many\""), (part.Identity, part["number"].Old, part["number"].New));
        Assert.Single(part.Fields);
    }

    [Fact]
    public async Task Open_transaction_in_memory_is_named_after_a_while()
    {
        var engine = new SqliteUnderTest(SqliteTarget.InMemory);
        await using var database = await engine.CreateAsync("CREATE TABLE part (id INTEGER PRIMARY KEY)");
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await connection.RunAsync("INSERT INTO part VALUES (1)", transaction);

        var exception = await Assert.ThrowsAnyAsync<RelocationException>(() => database.ChangesAsync(cancellationToken: Cancel));
        Assert.Contains("What", exception.Message, StringComparison.Ordinal);

        await transaction.CommitAsync(Cancel);
        Assert.Single((await database.ChangesAsync(cancellationToken: Cancel)).Of("part", ChangeKind.Added));
        await database.ResetAsync(Cancel);
    }

    [Fact]
    public async Task Deleted_file_is_said()
    {
        var engine = new SqliteUnderTest(SqliteTarget.TemporaryFile);
        await using var database = await engine.CreateAsync("CREATE TABLE part (id INTEGER PRIMARY KEY)");
        Assert.True(await engine.DeleteAsync(database));

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ChangesAsync(cancellationToken: Cancel));
        Assert.Contains("deleted", exception.Message, StringComparison.Ordinal);
    }

    private static RelocationField Field(string name, FieldType type) => new() { Name = name, Column = name, Type = type, StoreType = type == FieldType.Real ? "REAL" : "INTEGER" };
}
