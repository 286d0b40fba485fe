namespace Relocation.Testing;

internal static partial class Errors
{
    internal static RelocationModelException CycleCannotBeCut(string model, IReadOnlyList<string> cycle)
    {
        var problem = $"models need each other in a circle that cannot be cut: {string.Join(", ", cycle)}. "
            + "Let one of these references take null, or make its constraint deferrable.";
        return new RelocationModelException($"Model '{model}' cannot be imported: {problem}", [problem]);
    }
}
