using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>One record about which a <see cref="RecordRule"/> decides. Of several decisions the last one holds.</summary>
public sealed class ChunkRecord
{
    private readonly IUndecidedRecords _undecided;

    internal ChunkRecord(IUndecidedRecords undecided, int rank)
    {
        _undecided = undecided;
        Rank = rank;
    }

    /// <summary>The record's key in the backup.</summary>
    public RecordKey Key => _undecided.OldKey(Rank);

    /// <summary>The key of the row that the record becomes or stands for.</summary>
    public RecordKey NewKey => _undecided.ToldKey(Rank);

    /// <summary>What will be done with the record, or null when it is left out or dropped.</summary>
    public KeyMappingKind? Kind => _undecided.KindOf(Rank);

    /// <summary>The record's position among its model's records in the backup, from 1.</summary>
    public int Ordinal => Rank + 1;

    internal int Rank { get; }

    /// <summary>
    /// The value that the row will have: of a reference the new key, or null when it leads nowhere; of an absent field the
    /// default. Values are of the .NET types that <see cref="RelocationField.Convert"/> lists. Setting it changes the row; a reference
    /// is set to a key of the database.
    /// </summary>
    /// <param name="field">A field; to be read it has to be among <see cref="RecordRule.Fields"/> or set before.</param>
    /// <exception cref="ArgumentException">The field is not among those that the rule named, or the value does not fit it.</exception>
    public object? this[string field]
    {
        get => _undecided.ToldValue(Rank, field);
        set => _undecided.SetValue(Rank, field, value);
    }

    /// <summary>The value as the backup has it, references as old keys; null when it is null, absent, or no value of the field.</summary>
    /// <param name="field">A field among <see cref="RecordRule.Fields"/>, or a part of the key.</param>
    /// <exception cref="ArgumentException">The field is not among those that the rule named.</exception>
    public object? InBackup(string field) => _undecided.OldValueOf(Rank, field);

    /// <summary>Whether the backup has the field, be it null.</summary>
    /// <param name="field">A field among <see cref="RecordRule.Fields"/>.</param>
    /// <exception cref="ArgumentException">The field is not among those that the rule named.</exception>
    public bool Has(string field) => _undecided.Has(Rank, field);

    /// <summary>What became of the record referred to; null when the reference is null or leads nowhere.</summary>
    /// <param name="reference">The name of a reference whose fields are among <see cref="RecordRule.Fields"/>.</param>
    /// <exception cref="ArgumentException">There is no such reference, or its fields were not named.</exception>
    public KeyMapping? Reference(string reference) => _undecided.ToldReference(Rank, reference);

    /// <summary>Leaves the record out, and those that cannot do without it as their references' policies say.</summary>
    /// <param name="reason">Why, as the result shows it: a sentence without values of the record.</param>
    public void Drop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _undecided.Drop(Rank, reason);
    }

    /// <summary>Lets the record stand for a row that is there; nothing is written.</summary>
    /// <param name="row">The row's key.</param>
    public void MapTo(RecordKey row) => _undecided.Map(Rank, row, KeyMappingKind.Existing);

    /// <summary>Lets the record stand for the row of another; nothing is written for it.</summary>
    /// <param name="other">A record of the same model that comes earlier in the backup.</param>
    /// <exception cref="ArgumentException">The other record comes later, is the record itself, or is left out.</exception>
    public void MapTo(ChunkRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _undecided.MapToRecord(Rank, other);
    }

    /// <summary>Writes the record's values over a row that is there; the row keeps its key.</summary>
    /// <param name="row">The row's key.</param>
    public void Overwrite(RecordKey row) => _undecided.Map(Rank, row, KeyMappingKind.Overwrite);

    /// <summary>Makes the import fail for this record. All such problems are found before it fails.</summary>
    /// <param name="message">What is wrong and what to do: whole sentences, without values of the record.</param>
    public void Refuse(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        _undecided.Refuse(Rank, BackupProblemKind.RecordRefused, message);
    }
}
