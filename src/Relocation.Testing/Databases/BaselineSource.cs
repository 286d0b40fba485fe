using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Databases;

/// <summary>The short way to say what a fixture's database is made of.</summary>
/// <param name="Target">Where it comes from, or null where tests of a matrix have their own.</param>
/// <param name="Pattern">Which backups, or null for none.</param>
/// <param name="SourceFile">The source file at whose folder the pattern begins.</param>
internal sealed record BaselineSource(DatabaseTarget? Target, string? Pattern, string SourceFile)
{
    internal static BaselineSource Unknown { get; } = new(Target: null, Pattern: null, string.Empty);

    /// <exception cref="FileNotFoundException">No backup matches.</exception>
    internal TestDatabaseOptions<TContext> ToOptions<TContext>()
        where TContext : DbContext => new()
        {
            // Where it is missing, the making of the database says so.
            Target = Target!,
            Baseline = Pattern is null ? [] : [.. BackupSearch.Files(Pattern, SourceFile).Select(file => Backup.FromFile(file.Path))],
        };
}
