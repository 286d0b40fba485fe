using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Rows of a member that wait for the end of the import.</summary>
/// <param name="Rows">The member.</param>
/// <param name="Batches">The rows.</param>
/// <param name="Owners">For each row the position of its owner.</param>
internal sealed record WaitingRows(ChildRows Rows, List<RowBatch> Batches, List<int> Owners);
