namespace Relocation.Testing.Modeling;

/// <summary>A sequence that an application takes keys from in blocks (HiLo), which nothing in the database ties to the column.</summary>
/// <param name="Name">Schema and name, or the name alone.</param>
/// <param name="BlockSize">How many keys a block has.</param>
internal sealed record KeySequence(IReadOnlyList<string> Name, long BlockSize);
