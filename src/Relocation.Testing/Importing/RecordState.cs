namespace Relocation.Testing.Importing;

/// <summary>Whether a record of the backup is going to be written.</summary>
internal enum RecordState : byte
{
    Taken,
    OutOfScope,
    Dropped,
}
