namespace Relocation.Testing.Specification.Values;

/// <summary>A value of a case, as a backup holds it.</summary>
/// <param name="Case">The type and the form.</param>
/// <param name="Edge">The value.</param>
/// <param name="Json">The value in the backup.</param>
public sealed record HeldValue(ValueCase Case, ValueEdge Edge, string Json)
{
    /// <summary>All values of all cases, as the cases give them.</summary>
    public static IReadOnlyList<HeldValue> All { get; } = [.. ValueCases.All.SelectMany(value => value.Edges.Select(edge => new HeldValue(value, edge, edge.Json)))];

    internal string Model => $"values.{Case.Name}";

    public override string ToString() => $"{Case} {Json}";
}
