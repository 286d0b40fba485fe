using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Tests.Databases;

/// <summary>A context of one table that refers to itself, with a text key.</summary>
public sealed class NoteContext(DbContextOptions<NoteContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();
}
