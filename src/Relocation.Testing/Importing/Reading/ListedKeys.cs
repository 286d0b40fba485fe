using System.Text;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Reading;

/// <summary>The keys that one list of a record has named so far, to tell where one stands twice.</summary>
internal sealed class ListedKeys
{
    /// <summary>Clearing a set takes as long as it was ever big: after a long list, short ones begin with another.</summary>
    private const int MostKept = 1_024;

    private HashSet<long> _integers = [];
    private HashSet<string>? _others;

    /// <summary>This, for another list.</summary>
    internal ListedKeys Restarted()
    {
        if (_integers.Count > 0)
        {
            _integers = Cleared(_integers);
        }

        if (_others?.Count > 0)
        {
            _others = Cleared(_others);
        }

        return this;
    }

    /// <summary>Notes a row's key; false when it was noted before. One of which a part is null is the key of no record.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns that hold the key.</param>
    /// <param name="batch">What the row is of.</param>
    internal bool Add(ReadOnlySpan<Cell> row, IReadOnlyList<ColumnState> columns, RowBatch batch)
    {
        if (columns is [{ Field.Type: FieldType.Integer } only])
        {
            return row[only.Index].IsNull || _integers.Add(row[only.Index].Bits);
        }

        var key = new StringBuilder();
        foreach (var column in columns)
        {
            var cell = row[column.Index];
            if (cell.IsNull || cell.IsAbsent)
            {
                return true;
            }

            key.Append(cell.Length).Append(':').Append(cell.Bits).Append(':')
                .Append(cell.Length == 0 ? string.Empty : Convert.ToHexString(batch.BytesOf(cell))).Append(' ');
        }

        return (_others ??= new HashSet<string>(StringComparer.Ordinal)).Add(key.ToString());
    }

    private static HashSet<T> Cleared<T>(HashSet<T> set)
    {
        if (set.Count > MostKept)
        {
            return [];
        }

        set.Clear();
        return set;
    }
}
