namespace Relocation.Testing.Planning;

/// <summary>The messages about planning: what is wrong, where, what to do.</summary>
internal static class PlanErrors
{
    internal static RelocationModelException CycleCannotBeCut(string model, IReadOnlyList<string> cycle)
    {
        var problem = $"models need each other in a circle that cannot be cut: {string.Join(", ", cycle)}. "
            + "Let one of these references take null: in a DbContext, by a foreign key property that is nullable, or by IsRequired(false). In a "
            + "RelocationModel made by hand, RelocationReference.IsDeferrable will do, where the database's constraint is deferrable.";
        return new RelocationModelException($"Model '{model}' cannot be imported: {problem}", [problem]);
    }
}
