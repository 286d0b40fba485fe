namespace Relocation.Testing.Cli.Output;

/// <summary>Where an import has gone.</summary>
internal sealed record DatabaseDocument(string Engine, string Description, bool IsTemporary, bool CreatedSchema);
