using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>One model that the generator cannot do stops no other: it is left out and said, and what can be done is done.</summary>
[Case("contexts/one-to-one")]
public abstract class SyntheticPartSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 10, 10)]
    [InlineData(10, 4, 4)]
    [InlineData(3, 10, 3)]
    public async Task Join_of_one_to_one_leads_to_each_end_once(long invoices, long deliveries, long links)
    {
        await using var database = await CreateAsync(static (DbContextOptions<JoinContext> options) => new JoinContext(options));

        var counts = await ImportAsync(database, new SyntheticBackupOptions
        {
            RecordsPerModel = 10, Records = Records(("join.invoice", invoices), ("join.delivery", deliveries)),
        });

        Assert.Equal(links, counts["join.link"]);
        Assert.Equal(10, counts["join.side"]);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(3, 2)]
    public async Task Many_to_many_that_both_sides_hold_is_written_once(long posts, long tags)
    {
        await using var database = await CreateAsync(static (DbContextOptions<TagContext> options) => new TagContext(options));
        var options = new SyntheticBackupOptions { Records = Records(("tag.post", posts), ("tag.tag", tags)) };

        var counts = await ImportAsync(database, options);

        // Pairs are shared out to records of the join table and to the lists of both sides.
        var inLists = JsonDocument.Parse(await TextAsync(SyntheticBackup.For(database.Model, options))).RootElement.EnumerateArray()
            .SelectMany(record => record.GetProperty("fields").EnumerateObject())
            .Where(field => field.Value.ValueKind == JsonValueKind.Array)
            .Sum(field => field.Value.GetArrayLength());
        await using var context = database.CreateContext();
        Assert.InRange(inLists, 0, posts * tags);
        Assert.Equal(inLists + counts.Where(static count => count.Key is not ("tag.post" or "tag.tag")).Sum(static count => count.Value), await context.Set<Post>().SelectMany(post => post.Tags).CountAsync(Cancel));
    }

    [Fact]
    public async Task What_cannot_be_generated_is_left_out_with_what_requires_it_and_said()
    {
        await using var database = await CreateAsync(static (DbContextOptions<MixedContext> options) => new MixedContext(options));

        var backup = SyntheticBackup.For(database.Model);

        Assert.Equal(
            [("mixed.choice", 10L), ("mixed.impossible", 0), ("mixed.needy", 0), ("mixed.plain", 10)],
            backup.Counts.OrderBy(count => count.Key).Select(count => (count.Key.Value, count.Value)));
        Assert.Equal(2, backup.LeftOut.Count);
        Assert.Contains("'mixed.impossible' has checks that no record can meet", backup.LeftOut[0], StringComparison.Ordinal);
        Assert.Equal("Model 'mixed.needy' requires 'impossible_id', and 'mixed.impossible' has no records.", backup.LeftOut[1]);
        await ImportAsync(database, new SyntheticBackupOptions());
    }

    [Fact]
    public async Task Model_of_which_no_records_are_wanted_is_no_problem_and_one_that_is_asked_for_is()
    {
        await using var database = await CreateAsync(static (DbContextOptions<MixedContext> options) => new MixedContext(options));

        var without = SyntheticBackup.For(database.Model, new SyntheticBackupOptions { Records = Records(("mixed.impossible", 0)) });
        var refusal = Assert.Throws<ArgumentException>(
            () => (object)SyntheticBackup.For(database.Model, new SyntheticBackupOptions { Records = Records(("mixed.impossible", 1)) }));

        Assert.Empty(without.LeftOut);
        Assert.Equal(20, without.Counts.Values.Sum());
        Assert.Contains("'mixed.impossible' has checks that no record can meet", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ring_of_required_references_is_left_out_and_said()
    {
        await using var database = await CreateAsync(static (DbContextOptions<CircleContext> options) => new CircleContext(options));

        var backup = SyntheticBackup.For(database.Model);
        var without = SyntheticBackup.For(database.Model, new SyntheticBackupOptions { Records = Records(("circle.left", 0)) });

        Assert.Equal([("circle.left", 0L), ("circle.plain", 10), ("circle.right", 0)],
            backup.Counts.OrderBy(count => count.Key).Select(count => (count.Key.Value, count.Value)));
        Assert.Equal(["'circle.left'", "'circle.right'"], backup.LeftOut.Select(reason => reason.Split(' ')[1]).Order(StringComparer.Ordinal));
        Assert.All(backup.LeftOut, reason => Assert.Contains("circle of required references", reason, StringComparison.Ordinal));
        Assert.Equal(10, without.Counts.Values.Sum());
    }

    private static Dictionary<ModelLabel, long> Records(params (string Label, long Count)[] records) =>
        records.ToDictionary(record => ModelLabel.Parse(record.Label), record => record.Count);

    private static async Task<Dictionary<string, long>> ImportAsync(TestDatabase database, SyntheticBackupOptions options)
    {
        var backup = SyntheticBackup.For(database.Model, options);
        var result = await database.ImportAsync(
            Backup.FromJson(await TextAsync(backup), "synthetic"), new ImportOptions { UnknownFields = DriftPolicy.Refuse, IncludeValuesInErrors = true }, Cancel);
        return result.Models.ToDictionary(model => model.Model.Value, model => (long)model.Inserted);
    }

    private static async Task<string> TextAsync(SyntheticBackup backup)
    {
        using var stream = new MemoryStream();
        await backup.WriteAsync(stream, Cancel);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private Task<TestDatabase<TContext>> CreateAsync<TContext>(Func<DbContextOptions<TContext>, TContext> create)
        where TContext : DbContext =>
        TestDatabase.CreateAsync(new TestDatabaseOptions<TContext> { Target = engine.Target, CreateContext = create }, Cancel);

    public sealed class Invoice
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    public sealed class Delivery
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    public sealed class Link
    {
        public int InvoiceId { get; set; }

        public Invoice? Invoice { get; set; }

        public int DeliveryId { get; set; }

        public Delivery? Delivery { get; set; }
    }

    /// <summary>What has one of two others, and what it has is its own.</summary>
    public sealed class Side
    {
        public int Id { get; set; }

        public int? InvoiceId { get; set; }

        public Invoice? Invoice { get; set; }

        public int? DeliveryId { get; set; }

        public Delivery? Delivery { get; set; }
    }

    public sealed class JoinContext(DbContextOptions<JoinContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Link>(link =>
            {
                link.HasKey(static row => new { row.InvoiceId, row.DeliveryId });
                link.HasOne(static row => row.Invoice).WithOne();
                link.HasOne(static row => row.Delivery).WithOne();
            });
            modelBuilder.Entity<Side>().ToTable(static table => table.HasCheckConstraint(
                "one_of", "(\"InvoiceId\" IS NULL AND \"DeliveryId\" IS NOT NULL) OR (\"InvoiceId\" IS NOT NULL AND \"DeliveryId\" IS NULL)"));
        }
    }

    public sealed class Post
    {
        public int Id { get; set; }

        public List<Tag> Tags { get; } = [];
    }

    public sealed class Tag
    {
        public int Id { get; set; }

        public List<Post> Posts { get; } = [];
    }

    public sealed class TagContext(DbContextOptions<TagContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Post>().HasMany(static post => post.Tags).WithMany(static tag => tag.Posts);
    }

    public sealed class Plain
    {
        public int Id { get; set; }

        public required string Name { get; set; }
    }

    public sealed class Impossible
    {
        public int Id { get; set; }

        public int Level { get; set; }
    }

    public sealed class Needy
    {
        public int Id { get; set; }

        public int ImpossibleId { get; set; }

        public Impossible? Impossible { get; set; }
    }

    public sealed class Choice
    {
        public int Id { get; set; }

        public int? ImpossibleId { get; set; }

        public Impossible? Impossible { get; set; }
    }

    public sealed class MixedContext(DbContextOptions<MixedContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Plain>();
            modelBuilder.Entity<Needy>();
            modelBuilder.Entity<Choice>();
            modelBuilder.Entity<Impossible>().ToTable(static table => table.HasCheckConstraint("levels", "\"Level\" > 5 AND \"Level\" < 3"));
        }
    }

    public sealed class Left
    {
        public int Id { get; set; }

        public int RightId { get; set; }

        public Right? Right { get; set; }
    }

    public sealed class Right
    {
        public int Id { get; set; }

        public int LeftId { get; set; }

        public Left? Left { get; set; }
    }

    public sealed class CircleContext(DbContextOptions<CircleContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Plain>();
            modelBuilder.Entity<Left>().HasOne(static left => left.Right).WithOne().HasForeignKey<Left>(static left => left.RightId).OnDelete(DeleteBehavior.NoAction);
            modelBuilder.Entity<Right>().HasOne(static right => right.Left).WithOne().HasForeignKey<Right>(static right => right.LeftId).OnDelete(DeleteBehavior.NoAction);
        }
    }
}
