using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Reading;

/// <summary>What a reference will hold that is filled in at the end. A record's key may change until its turn has come.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Old">The old key referred to.</param>
/// <param name="Rank">The record referred to, or -1 for a row of the database's.</param>
/// <param name="Row">That row's key, if it is one.</param>
internal readonly record struct CutTarget(ReferenceState Reference, RecordKey Old, int Rank, RecordKey Row)
{
    internal RecordKey KeyIn(KeyTables tables) => Rank < 0 ? Row : Reference.NewKey(Old, Rank, tables);
}
