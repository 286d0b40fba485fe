using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Models.Press;

/// <summary>A model that has changed since its backups were made: says so by attributes for one entity, fluently for the other.</summary>
/// <param name="options">Chooses the database.</param>
public sealed class PressContext(DbContextOptions<PressContext> options) : DbContext(options)
{
    public DbSet<Article> Articles => Set<Article>();

    public DbSet<Author> Authors => Set<Author>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.IgnoresBackupLabel("press.advert");
        modelBuilder.Entity<Article>().Property(article => article.State).HasConversion<string>();
        // begin-snippet: fluent-labels
        modelBuilder.Entity<Author>(author =>
        {
            author.HasBackupLabel("press.author").HasFormerLabel("press.writer").IgnoresBackupField("shoe_size");
            author.Property(entity => entity.Name).HasFormerName("full_name");
            author.Property(entity => entity.JoinedAt).HasBackupDefault(FieldDefault.Now);
            author.Property(entity => entity.Token).HasBackupDefault(FieldDefault.Token(12));
            author.OwnsOne(entity => entity.Desk, desk =>
            {
                desk.Property(owned => owned.Room).HasBackupName("office").HasFormerName("chamber");
                desk.Property(owned => owned.Floor).HasBackupDefault(3);
            });
        });
        // end-snippet
    }
}
