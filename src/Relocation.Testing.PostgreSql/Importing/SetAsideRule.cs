namespace Relocation.Testing.Importing;

/// <summary>When it pays to drop a table's foreign keys for the load and to check them all at the end.</summary>
/// <param name="LeastRows">Fewer rows are checked one by one.</param>
/// <param name="MostExistingPerLoaded">So many times more rows in the table already make checking them all the dearer way.</param>
internal sealed record SetAsideRule(int LeastRows, double MostExistingPerLoaded)
{
    internal static SetAsideRule Default { get; } = new(1_000, 10);

    internal static SetAsideRule Always { get; } = new(0, double.PositiveInfinity);

    internal static SetAsideRule Never { get; } = new(int.MaxValue, 0);

    internal bool Applies(long rows, double existing) => rows >= LeastRows && existing <= Math.Max(rows, 1) * MostExistingPerLoaded;
}
