using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Comparing;

/// <summary>Mappings whose backups can be written in several ways: keys without an order, owned rows with keys, relations of many to many, lists of enums.</summary>
/// <param name="options">Which database.</param>
public sealed class ComparedContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Letter> Letters => Set<Letter>();

    public DbSet<Holder> Holders => Set<Holder>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Story> Stories => Set<Story>();

    public DbSet<Day> Days => Set<Day>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<Holder>().HasIndex(holder => holder.Name).IsUnique();
        modelBuilder.Entity<Session>().OwnsMany(session => session.Guests, guest => guest.HasKey("SessionId", nameof(Guest.Email)));
    }
}

public enum Mood
{
    Happy,
    Sad,
}

public sealed class Letter
{
    public Guid Id { get; set; }

    public required string Title { get; set; }

    public Guid? HolderId { get; set; }

    public Holder? Holder { get; set; }
}

public sealed class Holder
{
    public Guid Id { get; set; }

    public string? Name { get; set; }

    public int Age { get; set; }
}

public sealed class Session
{
    public int Id { get; set; }

    public List<Guest> Guests { get; } = [];
}

public sealed class Guest
{
    public required string Email { get; set; }

    public DateTimeOffset? Since { get; set; }
}

public sealed class Story
{
    public int Id { get; set; }

    public required string Title { get; set; }

    public List<Topic> Topics { get; } = [];
}

public sealed class Topic
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public List<Story> Stories { get; } = [];
}

public sealed class Day
{
    public int Id { get; set; }

    public Mood Mood { get; set; }

    public List<Mood> Moods { get; set; } = [];
}
