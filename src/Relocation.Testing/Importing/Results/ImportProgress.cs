namespace Relocation.Testing;

/// <summary>How far an import is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">How much of <paramref name="Total"/> is done: bytes while indexing, records while writing.</param>
/// <param name="Total">How much there is to do, or null while that is not known.</param>
/// <param name="Model">The model being written, when one is.</param>
public readonly record struct ImportProgress(ImportStep Step, long Done, long? Total, ModelLabel? Model);
