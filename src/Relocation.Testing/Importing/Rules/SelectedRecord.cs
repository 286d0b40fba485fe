using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>One record that a filter or rule may leave out, of an import or an export.</summary>
/// <remarks>In an export, it is good until the filter or rule has answered.</remarks>
public sealed class SelectedRecord
{
    private readonly ISelectable _source;
    private readonly int _rank;

    internal SelectedRecord(ISelectable source, int rank = 0)
    {
        _source = source;
        _rank = rank;
    }

    /// <summary>The record's key: in an import that of the backup, in an export that of the database, which the backup will have.</summary>
    public RecordKey Key => _source.KeyOf(_rank);

    /// <summary>
    /// The value of a field as the backup has it, in the .NET type that <see cref="RelocationField.Convert"/> lists for the field's
    /// type; null when it is null, absent, or no value of the field.
    /// </summary>
    /// <param name="field">A field that the filter or rule names among its fields, or a part of the key. In an export, any field.</param>
    /// <exception cref="ArgumentException">The field was not named, or the model does not have it.</exception>
    public object? this[string field] => _source.ValueOf(_rank, field);

    /// <summary>Leaves the record out. Records that cannot do without it are left out with it.</summary>
    /// <param name="reason">Why, as the result shows it: a few words without values of records.</param>
    public void LeaveOut(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _source.LeaveOut(_rank, reason);
    }
}
