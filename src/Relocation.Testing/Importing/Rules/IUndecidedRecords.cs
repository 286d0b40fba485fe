namespace Relocation.Testing.Importing.Rules;

/// <summary>What a <see cref="RecordRule"/> may ask and decide about records of one model, each given by its rank.</summary>
internal interface IUndecidedRecords
{
    public RelocationEntity Entity { get; }

    public RecordKey OldKey(int rank);

    /// <summary>The key of the row that a record becomes, for somebody who may keep it.</summary>
    public RecordKey ToldKey(int rank);

    /// <summary>What will be done with a record; null when it is left out.</summary>
    public KeyMappingKind? KindOf(int rank);

    /// <summary>The value that the row will have.</summary>
    public object? ValueOf(int rank, string field);

    /// <summary>The value that the row will have, for somebody who may keep it.</summary>
    public object? ToldValue(int rank, string field);

    /// <summary>Where a reference leads, for somebody who may keep that.</summary>
    public KeyMapping? ToldReference(int rank, string name);

    public object? OldValueOf(int rank, string field);

    public bool Has(int rank, string field);

    public void SetValue(int rank, string field, object? value);

    public void Drop(int rank, string reason);

    /// <summary>Lets a record stand for a row, or be written over it.</summary>
    public void Map(int rank, RecordKey row, KeyMappingKind kind);

    public void MapToRecord(int rank, ChunkRecord other);

    public void Refuse(int rank, BackupProblemKind kind, string message);
}
