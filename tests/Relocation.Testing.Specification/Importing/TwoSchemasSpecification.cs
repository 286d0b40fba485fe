using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Two tables of one name in two schemas are told apart, or refused in words where the database has no schemas.</summary>
[Case("messages/two")]
public abstract class TwoSchemasSpecification(DatabaseUnderTest engine)
{
    private const string Users = """
        [{"model": "admin.user", "pk": 3, "fields": {"user": 9, "boss": 4}}, {"model": "admin.user", "pk": 4, "fields": {"user": 8, "boss": 3}},
         {"model": "a.user", "pk": 8, "fields": {"name": "b"}}, {"model": "a.user", "pk": 9, "fields": {"name": "a"}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_of_one_name_are_told_apart_or_refused_in_words()
    {
        if (engine.Target.Engine.Name == "SQLite")
        {
            var refusal = await Assert.ThrowsAsync<DatabaseException>(CreateAsync);

            Assert.Equal(DatabaseFault.Refused, refusal.Fault);
            Assert.Contains("user", refusal.Message, StringComparison.Ordinal);
            return;
        }

        await using var database = await CreateAsync();

        await database.ImportAsync(Backup.FromJson(Users), cancellationToken: Cancel);

        Assert.Equal("a|b\nb|a", await database.TextAsync("""
            SELECT u.name, o.name FROM admin."user" x JOIN a."user" u ON u.id = x."user" JOIN admin."user" y ON y.id = x.boss
            JOIN a."user" o ON o.id = y."user" ORDER BY 1
            """));
    }

    private Task<TestDatabase<TwoSchemasContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<TwoSchemasContext> { Target = engine.Target, CreateContext = static options => new TwoSchemasContext(options) }, Cancel);

    private sealed class TwoSchemasContext(DbContextOptions<TwoSchemasContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<User>(user =>
            {
                user.ToTable("user", "a").HasBackupLabel("a.user");
                user.Property(own => own.Id).HasColumnName("id");
                user.Property(own => own.Name).HasColumnName("name");
            });
            modelBuilder.Entity<Admin>(admin =>
            {
                admin.ToTable("user", "admin").HasBackupLabel("admin.user");
                admin.Property(own => own.Id).HasColumnName("id");
                admin.Property(own => own.UserId).HasColumnName("user");
                admin.Property(own => own.BossId).HasColumnName("boss");
                admin.HasOne(own => own.User).WithMany().HasForeignKey(own => own.UserId);
                admin.HasOne(own => own.Boss).WithMany().HasForeignKey(own => own.BossId);
            });
        }
    }

    private sealed class User
    {
        public int Id { get; set; }

        public required string Name { get; set; }
    }

    private sealed class Admin
    {
        public int Id { get; set; }

        public int UserId { get; set; }

        public User? User { get; set; }

        public int? BossId { get; set; }

        public Admin? Boss { get; set; }
    }
}
