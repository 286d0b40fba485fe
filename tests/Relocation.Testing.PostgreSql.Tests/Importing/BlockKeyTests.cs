using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class BlockKeyTests(PostgreSqlFixture fixture)
{
    private const string Json = """[{"model": "block.ticket", "pk": 1, "fields": {"text": "a"}}, {"model": "block.ticket", "pk": 2, "fields": {"text": "b"}}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Imported_keys_and_those_of_blocks_never_meet()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<BlockContext>
            {
                Target = fixture.UnderTest.Target,
                CreateContext = static options => new BlockContext(options),
            },
            Cancel);
        await using var early = database.CreateContext();
        early.Tickets.Add(new Ticket { Text = "first of a block" });
        await early.SaveChangesAsync(Cancel);

        var first = await database.ImportAsync(Backup.FromJson(Json), null, Cancel);
        await using var late = database.CreateContext();
        for (var i = 0; i < 12; i++)
        {
            early.Tickets.Add(new Ticket { Text = $"rest of the block, and more {i}" });
            late.Tickets.Add(new Ticket { Text = $"later block {i}" });
        }

        await early.SaveChangesAsync(Cancel);
        await late.SaveChangesAsync(Cancel);
        await database.ImportAsync(Backup.FromJson(Json), null, Cancel);

        Assert.Equal(11, first.Map.NewKey(ModelLabel.Parse("block.ticket"), RecordKey.From(1)).AsInteger());
        Assert.Equal(29, await late.Tickets.CountAsync(Cancel));
    }

    private sealed class Ticket
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    private sealed class BlockContext(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Ticket> Tickets => Set<Ticket>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Ticket>().Property(ticket => ticket.Id).UseHiLo("TicketBlocks");
    }
}
