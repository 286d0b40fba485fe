namespace Relocation.Testing.Backups;

/// <summary>Sees the fields of one model's records while a backup is indexed.</summary>
internal abstract class RecordObserver
{
    /// <summary>Is called for each record of the model, in the order of the backup.</summary>
    /// <param name="rank">The record's position among the model's records.</param>
    /// <param name="fields">The raw JSON of its <c>fields</c> object, braces included; valid during the call.</param>
    internal abstract void Observe(int rank, ReadOnlySpan<byte> fields);
}
