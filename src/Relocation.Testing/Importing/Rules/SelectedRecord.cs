using Relocation.Testing.Importing;

namespace Relocation.Testing;

/// <summary>One record that a filter may leave out.</summary>
public sealed class SelectedRecord
{
    private readonly KeyTable _table;
    private readonly int _rank;
    private readonly RecordValues? _values;
    private readonly FilterSettlement _filters;

    internal SelectedRecord(KeyTable table, int rank, RecordValues? values, FilterSettlement filters)
    {
        _table = table;
        _rank = rank;
        _values = values;
        _filters = filters;
    }

    /// <summary>The record's key in the backup.</summary>
    public RecordKey Key => _table.Records.Keys[_rank];

    /// <summary>
    /// The value of a field as the backup has it, in the .NET type that <see cref="RelocationField.Convert"/> lists for the field's
    /// type; null when it is null, absent, or no value of the field.
    /// </summary>
    /// <param name="field">A field that the filter or rule names among its fields, or a part of the key.</param>
    /// <exception cref="ArgumentException">The field was not named.</exception>
    public object? this[string field]
    {
        get
        {
            var part = _table.Entity.PositionInKey(field);
            return part >= 0
                ? PlainValue.Of(Key.Parts[part])
                : _values is not null && _values.Has(field) ? _values[field, _rank] : throw Errors.FieldNotNamed(_table.Entity, field);
        }
    }

    /// <summary>Leaves the record out. Records that cannot do without it are left out with it.</summary>
    /// <param name="reason">Why, as the result shows it: a few words without values of records.</param>
    public void LeaveOut(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _filters.LeaveOut(_table, _rank, reason);
    }
}
