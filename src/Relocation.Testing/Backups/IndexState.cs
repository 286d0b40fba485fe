namespace Relocation.Testing.Backups;

/// <summary>What may stand next in a backup's text.</summary>
internal enum IndexState
{
    Array,
    FirstRecordOrEnd,
    Record,
    CommaOrEnd,
    Nothing,
    Done,
}
