namespace Relocation.Testing.Texts;

/// <summary>What texts for people call by a name of its own.</summary>
internal interface INamed
{
    /// <summary>The name.</summary>
    public string Name { get; }
}
