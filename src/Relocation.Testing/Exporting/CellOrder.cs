using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>Compares keys as queries put them in order.</summary>
internal static class CellOrder
{
    internal static int Compare(FieldType type, in Cell left, RowBatch leftBatch, in Cell right, RowBatch rightBatch)
    {
        if (left.IsNull || right.IsNull)
        {
            return right.IsNull.CompareTo(left.IsNull);
        }

        return type switch
        {
            FieldType.Real => BitConverter.Int64BitsToDouble(left.Bits).CompareTo(BitConverter.Int64BitsToDouble(right.Bits)),
            FieldType.Text or FieldType.Bytes or FieldType.Guid or FieldType.Decimal or FieldType.Json or FieldType.Array =>
                leftBatch.BytesOf(left).SequenceCompareTo(rightBatch.BytesOf(right)),
            _ => left.Bits.CompareTo(right.Bits),
        };
    }

    /// <summary>Compares some columns of two streams' current rows.</summary>
    internal static int Compare(RowStream left, ReadOnlySpan<int> leftColumns, RowStream right, ReadOnlySpan<int> rightColumns)
    {
        var leftRow = left.Row;
        var rightRow = right.Row;
        for (var part = 0; part < leftColumns.Length; part++)
        {
            var order = Compare(
                left.Batch.Columns[leftColumns[part]].Type, leftRow[leftColumns[part]], left.Batch, rightRow[rightColumns[part]], right.Batch);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
