namespace Relocation.Testing.Backups;

/// <summary>Lets two observers see the same records.</summary>
internal sealed class PairedObserver(RecordObserver first, RecordObserver second) : RecordObserver
{
    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        first.Observe(rank, fields);
        second.Observe(rank, fields);
    }
}
