using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Tables that several contexts share: those of which a model knows a part only are refused by name, before a row is written.</summary>
public abstract class SharedTableSpecification(DatabaseUnderTest engine)
{
    private const string Orders = """[{"model": "desk.order", "pk": 4, "fields": {"total": 7}}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Table_with_columns_of_another_context_is_refused_by_name()
    {
        await using var database = await CreateAsync("\"Note\" text NOT NULL, \"Weight\" integer NOT NULL, \"Kind\" text NOT NULL DEFAULT 'plain', \"Memo\" text");

        var refusal = await Assert.ThrowsAsync<RelocationModelException>(() => database.ImportAsync(Backup.FromJson(Orders), null, Cancel));

        Assert.Equal(
            "Table 'desk orders' of 'desk.order' has columns that must have a value and that the model does not know: Note, Weight.",
            Assert.Single(refusal.Problems));
        Assert.Contains("several contexts split a table", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Use a context that maps the whole table", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM \"desk orders\""));
    }

    [Fact]
    public async Task Table_whose_other_columns_have_values_of_their_own_is_imported_into()
    {
        await using var database = await CreateAsync($"name text NOT NULL DEFAULT 'abc', \"Memo\" text, {engine.StoredLength}");

        var result = await database.ImportAsync(Backup.FromJson(Orders), null, Cancel);

        Assert.Equal(1, result.Map.Count);
        Assert.Equal("4|7|abc", await database.TextAsync("SELECT \"Id\", \"Total\", name FROM \"desk orders\""));
    }

    [Fact]
    public async Task Tables_that_another_context_makes_are_refused_where_nobody_makes_them()
    {
        var refusal = await Assert.ThrowsAsync<RelocationModelException>(() => TestDatabase.CreateAsync(
            new TestDatabaseOptions<OtherContext> { Target = engine.Target, CreateContext = static options => new OtherContext(options) }, Cancel));

        Assert.Equal("Entity 'Order' is mapped to table 'desk orders', which another context makes.", Assert.Single(refusal.Problems));
        Assert.Contains("ExcludeFromMigrations", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("SchemaSource.From", refusal.Message, StringComparison.Ordinal);
    }

    private Task<TestDatabase<DeskContext>> CreateAsync(string columns) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<DeskContext>
        {
            Target = engine.Target,
            CreateContext = static options => new DeskContext(options),
            Schema = SchemaSource.From(async (connection, cancel) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"CREATE TABLE \"desk orders\" (\"Id\" integer PRIMARY KEY, \"Total\" integer NOT NULL, {columns})";
                await command.ExecuteNonQueryAsync(cancel);
            }),
        },
        Cancel);

    private sealed class Order
    {
        public int Id { get; set; }

        public int Total { get; set; }
    }

    private sealed class Memo
    {
        public int Id { get; set; }
    }

    private sealed class DeskContext(DbContextOptions<DeskContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Order>().ToTable("desk orders").Property(row => row.Id).ValueGeneratedNever();
    }

    private sealed class OtherContext(DbContextOptions<OtherContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Order>().ToTable("desk orders", table => table.ExcludeFromMigrations());
            modelBuilder.Entity<Memo>();
        }
    }
}
