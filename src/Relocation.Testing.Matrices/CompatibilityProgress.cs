namespace Relocation.Testing;

/// <summary>How far a matrix is.</summary>
/// <param name="Done">How many cells are done.</param>
/// <param name="Total">How many cells there are.</param>
/// <param name="Cell">The cell that was done last.</param>
public readonly record struct CompatibilityProgress(int Done, int Total, CompatibilityCell Cell);
