using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Tables with a key that the model does not know and the database fills, as Django's join tables have.</summary>
[Case("rowid-alias")]
public abstract class UnknownKeySpecification(DatabaseUnderTest engine)
{
    private const string Posts = """
        [{"model": "blog.tag", "pk": 4, "fields": {}}, {"model": "blog.tag", "pk": 9, "fields": {}},
         {"model": "blog.post", "pk": 1, "fields": {"tags": [4, 9]}}, {"model": "blog.post", "pk": 2, "fields": {"tags": [9]}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_table_s_own_key_is_left_to_the_database()
    {
        await using var database = await CreateAsync($"id {engine.CountedKey}");

        var map = database.MapOf(await database.ImportAsync(Backup.FromJson(Posts), null, Cancel));

        await using var context = database.CreateContext();
        Assert.Equal(
            ["4,9", "9"],
            (await context.Posts.Include(post => post.Tags).OrderBy(post => post.Id).ToListAsync(Cancel)).Select(post =>
                string.Join(',', post.Tags.Select(tag => map.Old<Tag>(tag.Id).ToString()).Order(StringComparer.Ordinal))));
        Assert.Equal("3", await database.TextAsync("SELECT count(DISTINCT id) FROM post_tags"));
        using var exported = new MemoryStream();
        await database.ExportAsync(BackupDestination.ToStream(exported), null, Cancel);
        await using var other = await CreateAsync($"id {engine.CountedKey}");
        await other.ImportAsync(Backup.FromJson(System.Text.Encoding.UTF8.GetString(exported.ToArray())), null, Cancel);
        Assert.Equal("3", await other.TextAsync("SELECT count(DISTINCT id) FROM post_tags"));
    }

    [Fact]
    public async Task Key_that_the_database_does_not_fill_is_refused_by_name()
    {
        await using var database = await CreateAsync("id text NOT NULL PRIMARY KEY");

        var refusal = await Assert.ThrowsAsync<RelocationModelException>(() => database.ImportAsync(Backup.FromJson(Posts), null, Cancel));

        Assert.Contains("post_tags", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(": id.", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    private Task<TestDatabase<BlogContext>> CreateAsync(string key) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<BlogContext>
        {
            Target = engine.Target,
            CreateContext = static options => new BlogContext(options),
            Schema = SchemaSource.From((connection, _) => connection.RunAsync($"""
                CREATE TABLE post (id {engine.CountedKey});
                CREATE TABLE tag (id {engine.CountedKey});
                CREATE TABLE post_tags ({key}, post_id integer NOT NULL REFERENCES post (id), tag_id integer NOT NULL REFERENCES tag (id));
                """)),
        },
        Cancel);

    private sealed class Post
    {
        public int Id { get; set; }

        public List<Tag> Tags { get; } = [];
    }

    private sealed class Tag
    {
        public int Id { get; set; }
    }

    private sealed class BlogContext(DbContextOptions<BlogContext> options) : DbContext(options)
    {
        public DbSet<Post> Posts => Set<Post>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Tag>().ToTable("tag").Property(tag => tag.Id).HasColumnName("id");
            modelBuilder.Entity<Post>(post =>
            {
                post.ToTable("post").Property(row => row.Id).HasColumnName("id");
                post.HasMany(row => row.Tags).WithMany().UsingEntity(
                    "post_tags",
                    left => left.HasOne(typeof(Tag)).WithMany().HasForeignKey("tag_id"),
                    right => right.HasOne(typeof(Post)).WithMany().HasForeignKey("post_id"));
            });
        }
    }
}
