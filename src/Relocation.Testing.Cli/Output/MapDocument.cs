namespace Relocation.Testing.Cli.Output;

/// <summary>An import's pk map: where it was written to, or its entries.</summary>
internal sealed record MapDocument(int Records, int Models, string? File, IEnumerable<KeyMapping>? Entries);
