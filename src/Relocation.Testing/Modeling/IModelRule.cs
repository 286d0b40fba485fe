namespace Relocation.Testing.Modeling;

/// <summary>A rule of an import about a model's records, as far as the model has to know it.</summary>
internal interface IModelRule
{
    /// <summary>The fields that the rule reads, by name.</summary>
    public IReadOnlyList<string> Fields { get; }
}
