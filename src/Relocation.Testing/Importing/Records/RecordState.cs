namespace Relocation.Testing.Importing.Records;

/// <summary>What is going to be done with a record of the backup.</summary>
internal enum RecordState : byte
{
    Taken,
    OutOfScope,
    Dropped,
    Filtered,
    Existing,
    Overwritten,
}
