using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Museum;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Collisions of rows that records own: their unique values and keys, and what becomes of them when their owners collide.</summary>
public abstract class OwnedCollisionSpecification(DatabaseUnderTest engine)
{
    private const string People = """
        [{"model": "museum.visitor", "pk": 1, "fields": {"card": "A", "email": "a@b.c",
           "tickets": [{"code": "t1", "entries": [{"day": "2024-01-01"}, {"day": "2024-01-02"}]}, {"code": "t2", "entries": []}]}},
         {"model": "museum.visitor", "pk": 2, "fields": {"card": "B", "email": "d@e.f", "tickets": [{"code": "t3"}]}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merged_owner_keeps_its_rows_and_those_of_the_backup_are_counted()
    {
        await using var database = await MuseumAsync();
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);
        var before = await engine.FingerprintAsync(database);

        var result = await database.ImportAsync(Backup.FromJson(People), Policy(CollisionPolicy.Merge), Cancel);

        Assert.Equal(before, await engine.FingerprintAsync(database));
        Assert.Equal(["tickets 3 = 0 + 0 + 3 + 0", "tickets.entries 2 = 0 + 0 + 2 + 0"], Counts(result));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Merged_element_of_a_new_owner_is_left_out_with_all_that_is_in_it(int chunkSize)
    {
        await using var database = await MuseumAsync();
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);

        var result = await database.ImportAsync(
            Backup.FromJson(
                """
                [{"model": "museum.visitor", "pk": 5, "fields": {"card": "C", "email": "c", "tickets": [{"code": "t1", "entries": [{"day": "2025-01-01"}]},
                   {"code": "n1", "entries": [{"day": "2025-01-02"}]}, {"code": "n1", "entries": [{"day": "2025-01-03"}, {"day": "2025-01-04"}]}]}},
                 {"model": "museum.visitor", "pk": 6, "fields": {"card": "D", "email": "d", "tickets": [{"code": "n1"}, {"code": "n2", "entries": [{"day": "2025-01-05"}]}]}}]
                """),
            new ImportOptions { OnCollision = CollisionPolicy.Merge, ChunkSize = chunkSize },
            Cancel);

        Assert.Equal(["A t1 2", "A t2 0", "B t3 0", "C n1 1", "D n2 1"], await TicketsAsync(database));
        Assert.Equal(["tickets 5 = 2 + 3 + 0 + 0", "tickets.entries 5 = 2 + 3 + 0 + 0"], Counts(result));
        await using var context = database.CreateContext();
        Assert.Equal(
            [new DateOnly(2025, 1, 2)], (await context.Visitors.SingleAsync(row => row.Card == "C", Cancel)).Tickets.Single().Entries.Select(entry => entry.Day));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Overwriting_element_takes_the_place_of_the_row_that_has_its_values(int chunkSize)
    {
        await using var database = await MuseumAsync();
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);

        // C comes before A and gets what A had; A comes before D, which gets what A has by then; B loses what it has.
        var result = await database.ImportAsync(
            Backup.FromJson(
                """
                [{"model": "museum.visitor", "pk": 5, "fields": {"card": "C", "email": "c", "tickets": [{"code": "t2", "entries": [{"day": "2025-01-01"}]}]}},
                 {"model": "museum.visitor", "pk": 6, "fields": {"card": "A", "email": "a", "tickets": [{"code": "t1"}, {"code": "n1", "entries": [{"day": "2025-01-02"}]}]}},
                 {"model": "museum.visitor", "pk": 7, "fields": {"card": "D", "email": "d", "tickets": [{"code": "n1"}, {"code": "t3"}]}}]
                """),
            new ImportOptions { OnCollision = CollisionPolicy.Overwrite, ChunkSize = chunkSize },
            Cancel);

        Assert.Equal(["A t1 0", "C t2 1", "D n1 0", "D t3 0"], await TicketsAsync(database));
        Assert.Equal(["tickets 5 = 4 + 1 + 0 + 0", "tickets.entries 2 = 1 + 1 + 0 + 0"], Counts(result));
        Assert.Equal("1", await database.TextAsync("""SELECT count(*) FROM "Entry" """));
    }

    [Fact]
    public async Task Suffixed_element_leaves_later_ones_their_values()
    {
        await using var database = await MuseumAsync();
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);
        const string Again = """
            [{"model": "museum.visitor", "pk": 5, "fields": {"card": "C", "email": "c", "tickets": [{"code": "t1", "entries": [{"day": "2025-01-01"}]}, {"code": "#"}]}},
             {"model": "museum.visitor", "pk": 6, "fields": {"card": "D", "email": "d", "tickets": [{"code": "t1"}, {"code": "##"}]}}]
            """;
        var options = new ImportOptions { OnCollision = CollisionPolicy.Suffix, ChunkSize = 1 };
        string made;
        await using (var other = await MuseumAsync())
        {
            await other.ImportAsync(Backup.FromJson(People), null, Cancel);
            await other.ImportAsync(Backup.FromJson(Again), options, Cancel);
            made = (await TicketsAsync(other)).Single(ticket => ticket.StartsWith("C t1-", StringComparison.Ordinal)).Split(' ')[1];
        }

        // What would be made is what a later element has.
        await database.ImportAsync(Backup.FromJson(Again.Replace("\"##\"", $"\"{made}\"", StringComparison.Ordinal)), options, Cancel);

        var tickets = await TicketsAsync(database);
        Assert.Contains($"D {made} 0", tickets);
        Assert.Equal(7, tickets.Select(ticket => ticket.Split(' ')[1]).Distinct().Count());
        Assert.Contains(tickets, ticket => ticket.StartsWith("C t1-", StringComparison.Ordinal) && ticket.EndsWith(" 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CollisionPolicy.Merge, "1:1[1] 1:2[1] 1:3[1]", 3, 3)]
    [InlineData(CollisionPolicy.Overwrite, "2:1[1] 2:2[1] 2:3[1]", 0, 0)]
    [InlineData(CollisionPolicy.Suffix, "1:1[1] 1:2[1] 1:3[1] 2:1[1] 2:2[1] 2:3[1]", 0, 0)]
    [InlineData(CollisionPolicy.Regenerate, "1:1[1] 1:2[1] 1:3[1] 2:1[1] 2:2[1] 2:3[1]", 0, 0)]
    public async Task Taken_key_of_an_owned_row_follows_the_policy(CollisionPolicy policy, string expected, int existing, int existingInner)
    {
        await using var database = await CabinetsAsync();
        const string Cabinets = """
            [{"model": "cabinet.cabinet", "pk": 1, "fields": {
              "coins": [{"id": "11111111-1111-1111-1111-111111111111", "name": "1", "marks": [{"text": "m"}]}],
              "stamps": [{"code": "s", "name": "2", "marks": [{"text": "m"}]}],
              "keys": [{"number": 7, "name": "3", "marks": [{"text": "m"}]}]}}]
            """;
        await database.ImportAsync(Backup.FromJson(Cabinets), null, Cancel);

        var result = await database.ImportAsync(Backup.FromJson(Cabinets), Policy(policy), Cancel);

        await using var context = database.CreateContext();
        var cabinets = await context.Cabinets.OrderBy(row => row.Id).ToListAsync(Cancel);
        Assert.Equal(expected, string.Join(' ', cabinets.SelectMany(row => new[]
        {
            row.Coins.Select(coin => $"{row.Id}:{coin.Name}[{coin.Marks.Count}]"),
            row.Stamps.Select(stamp => $"{row.Id}:{stamp.Name}[{stamp.Marks.Count}]"),
            row.Keys.Select(key => $"{row.Id}:{key.Name}[{key.Marks.Count}]"),
        }.SelectMany(rows => rows))));
        Assert.Equal(existing, result.Members.Where(counts => !counts.Member.Contains('.', StringComparison.Ordinal)).Sum(counts => counts.Existing));
        Assert.Equal(existingInner, result.Members.Where(counts => counts.Member.EndsWith(".marks", StringComparison.Ordinal)).Sum(counts => counts.Existing));
        Assert.Equal(6, result.Members.Sum(counts => counts.Elements));
        Assert.All(result.Members, counts => Assert.Equal(counts.Elements, counts.Inserted + counts.Existing + counts.OfExisting + counts.Dropped));
    }

    [Theory]
    [InlineData(CollisionPolicy.Merge)]
    [InlineData(CollisionPolicy.Overwrite)]
    public async Task Element_that_every_record_has_is_neither_left_out_nor_taken_away(CollisionPolicy policy)
    {
        await using var database = await CabinetsAsync();
        const string Owned = """[{"model": "cabinet.drawer", "pk": 1, "fields": {"lock": {"serial": "x"}}}]""";
        await database.ImportAsync(Backup.FromJson(Owned), null, Cancel);
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Backup.FromJson(Owned), Policy(policy), Cancel));

        Assert.Equal(BackupProblemKind.Collision, Assert.Single(refusal.Problems).Kind);
        Assert.Contains("Member 'lock'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("every record has to have one", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
        await database.ImportAsync(Backup.FromJson(Owned), Policy(CollisionPolicy.Suffix), Cancel);
        await using var context = database.CreateContext();
        Assert.Equal(2, (await context.Set<Drawer>().ToListAsync(Cancel)).Select(row => row.Lock.Serial).Distinct().Count());
    }

    [Fact]
    public async Task Policy_that_nothing_of_an_owned_set_can_follow_is_refused_when_options_are_read()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<ShelfContext> { Target = engine.Target, CreateContext = static options => new ShelfContext(options) }, Cancel);

        var refusal = await Assert.ThrowsAsync<RelocationModelException>(() => database.ImportAsync(Backup.FromJson("[]"), null, Cancel));

        Assert.Contains("CollisionPolicy.Suffix cannot be applied", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Choose another policy for the set", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_import_that_replaces_owned_rows_goes_on_at_any_chunk()
    {
        var changed = Backup.FromJson(People.Replace("2024-01-01", "2025-05-05", StringComparison.Ordinal));
        var counting = ImportStop.Never();
        ImportResult expected;
        await using (var whole = await MuseumAsync())
        {
            await whole.ImportAsync(Backup.FromJson(People), null, Cancel);
            expected = await whole.ImportAsync(changed, Resumable(counting), Cancel);
        }

        for (var chunk = 1; chunk <= counting.Chunks; chunk++)
        {
            await using var database = await MuseumAsync();
            await database.ImportAsync(Backup.FromJson(People), null, Cancel);
            await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(changed, Resumable(ImportStop.AtChunk(chunk)), Cancel));

            var result = await database.ImportAsync(changed, Resumable(null), Cancel);

            Assert.Equal(expected.Map, result.Map);
            Assert.Equal(expected.Members, result.Members);
            Assert.Equal(["A t1 2", "A t2 0", "B t3 0"], await TicketsAsync(database));
            Assert.Equal("2", await database.TextAsync("""SELECT count(*) FROM "Entry" """));
        }
    }

    private static ImportOptions Resumable(ImportStop? stop) => new()
    {
        OnCollision = CollisionPolicy.Overwrite,
        ChunkSize = 1,
        ResumeId = Guid.Parse("11111111-2222-4333-8444-555555555555"),
        Stop = stop,
    };

    private static ImportOptions Policy(CollisionPolicy policy) => new() { OnCollision = policy };

    private static IEnumerable<string> Counts(ImportResult result) => result.Members.Select(counts =>
        $"{counts.Member} {counts.Elements} = {counts.Inserted} + {counts.Existing} + {counts.OfExisting} + {counts.Dropped}");

    private static async Task<List<string>> TicketsAsync(TestDatabase<MuseumContext> database)
    {
        await using var context = database.CreateContext();
        var visitors = await context.Visitors.OrderBy(row => row.Card).ToListAsync(Cancel);
        return [.. visitors.SelectMany(row => row.Tickets.OrderBy(ticket => ticket.Code, StringComparer.Ordinal)
            .Select(ticket => $"{row.Card} {ticket.Code} {ticket.Entries.Count}"))];
    }

    private Task<TestDatabase<MuseumContext>> MuseumAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<MuseumContext> { Target = engine.Target, CreateContext = static options => new MuseumContext(options) }, Cancel);

    private Task<TestDatabase<CabinetContext>> CabinetsAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<CabinetContext> { Target = engine.Target, CreateContext = static options => new CabinetContext(options) }, Cancel);

    private sealed class Cabinet
    {
        public int Id { get; set; }

        public List<Coin> Coins { get; } = [];

        public List<Stamp> Stamps { get; } = [];

        public List<Key> Keys { get; } = [];
    }

    private sealed class Coin
    {
        public Guid Id { get; set; }

        public required string Name { get; set; }

        public List<Mark> Marks { get; } = [];
    }

    private sealed class Stamp
    {
        public required string Code { get; set; }

        public required string Name { get; set; }

        public List<Mark> Marks { get; } = [];
    }

    private sealed class Key
    {
        public int Number { get; set; }

        public required string Name { get; set; }

        public List<Mark> Marks { get; } = [];
    }

    private sealed class Mark
    {
        public required string Text { get; set; }
    }

    private sealed class Drawer
    {
        public int Id { get; set; }

        public required Lock Lock { get; set; }
    }

    private sealed class Lock
    {
        public required string Serial { get; set; }
    }

    private sealed class CabinetContext(DbContextOptions<CabinetContext> options) : DbContext(options)
    {
        public DbSet<Cabinet> Cabinets => Set<Cabinet>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Cabinet>(cabinet =>
            {
                cabinet.OwnsMany(row => row.Coins, coin =>
                {
                    coin.HasKey(row => row.Id);
                    coin.OwnsMany(row => row.Marks, mark => mark.ToTable("CoinMarks"));
                });
                cabinet.OwnsMany(row => row.Stamps, stamp =>
                {
                    stamp.HasKey(row => row.Code);
                    stamp.OwnsMany(row => row.Marks, mark => mark.ToTable("StampMarks"));
                });
                cabinet.OwnsMany(row => row.Keys, key =>
                {
                    key.HasKey(row => row.Number);
                    key.Property(row => row.Number).ValueGeneratedNever();
                    key.OwnsMany(row => row.Marks, mark => mark.ToTable("KeyMarks"));
                });
            });
            modelBuilder.Entity<Drawer>(drawer =>
            {
                drawer.OwnsOne(row => row.Lock, part =>
                {
                    part.ToTable("Locks");
                    part.HasIndex(row => row.Serial).IsUnique();
                });
                drawer.Navigation(row => row.Lock).IsRequired();
            });
        }
    }

    private sealed class Shelf
    {
        public int Id { get; set; }

        public List<Slot> Slots { get; } = [];
    }

    private sealed class Slot
    {
        public int Place { get; set; }
    }

    private sealed class ShelfContext(DbContextOptions<ShelfContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Shelf>()
            .OwnsMany(row => row.Slots, slot => slot.HasIndex(row => row.Place).IsUnique().OnCollision(CollisionPolicy.Suffix));
    }
}
