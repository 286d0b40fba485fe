namespace Relocation.Testing.Importing;

/// <summary>When it pays to drop a table's foreign keys for the load and to check them all at the end.</summary>
/// <remarks>
/// Measured with two keys a row: the two ways break even at some 200 rows into an empty table, 700 into one of 10,000 rows,
/// 5,000 into one of 100,000; 10,000 rows into an empty table take a quarter of the time when the keys are set aside.
/// </remarks>
/// <param name="LeastRows">Fewer rows are checked one by one.</param>
/// <param name="MostExistingPerLoaded">So many times more rows in the table already make checking them all the dearer way.</param>
internal sealed record SetAsideRule(int LeastRows, double MostExistingPerLoaded)
{
    internal static SetAsideRule Default { get; } = new(500, 15);

    internal static SetAsideRule Always { get; } = new(0, double.PositiveInfinity);

    internal static SetAsideRule Never { get; } = new(int.MaxValue, 0);

    internal bool Applies(long rows, double existing) => rows >= LeastRows && existing <= Math.Max(rows, 1) * MostExistingPerLoaded;
}
