using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing;

/// <content>Values that a record does not have.</content>
internal sealed partial class RecordReader
{
    /// <summary>Notes that the record has an object that may be missing.</summary>
    private void Enter(FieldNode node)
    {
        if (node.Object >= 0)
        {
            _entered[node.Object] = _record;
        }
    }

    private void ReadUnknown(FieldNode node, ref FieldReader member, int start, RecordCursor cursor)
    {
        if (Drift.CountsFirst(node, ref member))
        {
            var path = _places.PathOf(cursor, start, ref member);
            Drift.FirstAt(node, ref member, path, _layout.Ignores(path) ? null : _places.Of(cursor, start, ref member));
        }
    }

    private string MessageOfMissing(RelocationField field) => _table.Entity.Types.Count > 0 && !_layout.IsOfChild
        ? ImportErrors.MissingField(field, _table.Entity)
        : ImportErrors.MissingField(field);

    private void FillAbsent(ColumnBinding column, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        var field = column.Field;
        if (column.Plain is { } plain)
        {
            plain.Parts[0] = null;
        }

        if (_entered.Length > 0 && _layout.ObjectOf[column.Index] is >= 0 and var missing && _entered[missing] != _record)
        {
            row[column.Index] = Cell.Null;
            return;
        }

        if (field.Default is null)
        {
            row[column.Index] = Cell.Null;
            if (!field.IsNullable)
            {
                _context.Problems.Add(BackupProblemKind.MissingField, MessageOfMissing(field), _places.OfFields(cursor));
                return;
            }
        }
        else
        {
            row[column.Index] = field.Default.Kind == FieldDefaultKind.Database
                ? Cell.Absent
                : _context.Generated.DefaultOf(field, Entity.Label, KeyForDefaults(cursor.Rank), batch);
        }

        // A record's own label names its type as well as a field does.
        if (field.IsInBackup && field.Name != Entity.TypeField && !_layout.HoldsKeys)
        {
            if (column.CountDefaulted())
            {
                column.DefaultedAt(_places.OfFields(cursor));
            }
        }
    }
}
