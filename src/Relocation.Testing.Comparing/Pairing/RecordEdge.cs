namespace Relocation.Testing.Comparing.Pairing;

/// <summary>One end of a reference between two records of a side.</summary>
/// <param name="Path">The number of the field that holds it; both sides number fields alike.</param>
/// <param name="Node">The record at the other end.</param>
internal readonly record struct RecordEdge(int Path, int Node);
