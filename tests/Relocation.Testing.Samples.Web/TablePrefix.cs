namespace Relocation.Testing.Samples.Web;

/// <summary>What the names of tables begin with.</summary>
/// <param name="Text">The text.</param>
public sealed record TablePrefix(string Text);
