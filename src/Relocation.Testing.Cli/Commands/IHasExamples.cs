namespace Relocation.Testing.Cli.Commands;

/// <summary>A command whose help shows examples.</summary>
internal interface IHasExamples
{
    /// <summary>Command lines that can be copied.</summary>
    public IReadOnlyList<string> Examples { get; }
}
