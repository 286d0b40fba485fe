using System.Runtime.CompilerServices;

namespace Relocation.Testing.Importing.Records;

/// <summary>The values that rules and policies have put in the place of a model's records' own: a column for each field that was changed.</summary>
/// <remarks>Columns are made of pages, so that a few changes among very many records take little memory and many take no more than they need.</remarks>
internal sealed class ChangedValues
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;

    /// <summary>Stands for a null that was set, as an empty place means that nothing was.</summary>
    private static readonly object Null = new();

    /// <summary>Flags are set for very many records, and there are two of them.</summary>
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly List<Column> _columns = [];
    private readonly int _count;

    /// <param name="count">How many records the model has.</param>
    internal ChangedValues(int count) => _count = count;

    /// <summary>How many fields were changed, of whatever records.</summary>
    internal int ColumnCount => _columns.Count;

    internal string FieldOf(int column) => _columns[column].Field;

    internal void Set(int rank, string field, object? value)
    {
        var page = PagesOf(field)[rank >> PageBits] ??= new object?[PageSize];
        page[rank & (PageSize - 1)] = value switch
        {
            null => Null,
            true => True,
            false => False,
            _ => value,
        };
    }

    /// <summary>The value that a record's field was set to, be it null.</summary>
    /// <param name="rank">The record.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="value">The value, or null where there is none.</param>
    /// <returns>Whether the field was set.</returns>
    internal bool TryGet(int rank, string field, out object? value)
    {
        for (var column = 0; column < _columns.Count; column++)
        {
            if (_columns[column].Field == field)
            {
                return TryGet(rank, column, out value);
            }
        }

        value = null;
        return false;
    }

    /// <summary>The same by the number of a column, from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryGet(int rank, int column, out object? value)
    {
        value = _columns[column].Pages[rank >> PageBits]?[rank & (PageSize - 1)];
        if (value is null)
        {
            return false;
        }

        value = value == Null ? null : value;
        return true;
    }

    private object?[]?[] PagesOf(string field)
    {
        foreach (var column in _columns)
        {
            if (column.Field == field)
            {
                return column.Pages;
            }
        }

        _columns.Add(new Column(field, new object?[((_count - 1) >> PageBits) + 1][]));
        return _columns[^1].Pages;
    }

    private sealed record Column(string Field, object?[]?[] Pages);
}
