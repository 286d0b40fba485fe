namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>A row that an import has inserted.</summary>
/// <param name="Old">The record's key in the backup.</param>
/// <param name="New">The row's key.</param>
/// <param name="Slug">The row's slug, where its model has slugs.</param>
internal readonly record struct ImportedRow(long Old, long New, string? Slug);
