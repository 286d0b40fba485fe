using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing;

/// <summary>What stands for columns without being a column's own member: declared rules, and objects that are null.</summary>
internal sealed partial class RecordReader
{
    /// <summary>Counts the rule that a member falls under; what is returned is the column that it holds, if any.</summary>
    private int ApplyRule(int member, int start, RecordCursor cursor, ref FieldReader value)
    {
        if (Drift.CountsFirst(member))
        {
            Drift.FirstAt(member, _places.Of(cursor, start, ref value));
        }

        return _layout.ColumnOf(member);
    }

    /// <summary>An object that is null stands for null in each of its columns.</summary>
    private void SetNull(FieldNode node, ref FieldReader value, int start, RecordCursor cursor, Span<Cell> row)
    {
        foreach (var member in node.Members)
        {
            if (member >= _binding.Columns.Length && member < _layout.FirstChild)
            {
                ApplyRule(member, start, cursor, ref value);
            }
        }

        foreach (var index in node.Columns)
        {
            var column = _binding.Columns[index];
            if (column.Changed == _record)
            {
                continue;
            }

            var isDoubled = column.Seen == _record;
            column.Seen = _record;
            row[column.Index] = Cell.Null;
            if (isDoubled)
            {
                _context.Problems.Add(
                    BackupProblemKind.DoubledMember, ImportErrors.DoubledField(column.Field), _places.Of(cursor, start, ref value));
            }
            else if (!column.Field.IsNullable && !$"{column.Field.Object}.".StartsWith(node.Path, StringComparison.Ordinal))
            {
                _context.Problems.Add(
                    BackupProblemKind.WrongValue, ValueErrors.NoNullAllowed(column.Field), _places.Of(cursor, start, ref value));
            }
        }
    }
}
