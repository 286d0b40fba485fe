using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>Finds out whether a row refers to a record that is not exported.</summary>
internal sealed class ReferenceCheck(RelocationField[] columns, int[] places, IReadOnlyList<CheckedReference> references)
{
    /// <summary>Why the stream's current row cannot be exported, or null when it can.</summary>
    internal string? Unresolved(RowStream stream)
    {
        for (var i = 0; i < references.Count; i++)
        {
            if (!IsResolved(references[i], stream))
            {
                return references[i].Reason;
            }
        }

        return null;
    }

    private bool IsResolved(CheckedReference reference, RowStream stream)
    {
        if (reference.Columns.Length == 1 && columns[reference.Columns[0]].Type == FieldType.Integer)
        {
            var cell = stream.Row[places[reference.Columns[0]]];
            return cell.IsNull || reference.Targets is null || reference.Targets.Contains(cell.Bits);
        }

        return reference.Targets is null
            || CellKeys.Of(stream, columns, reference.Columns, places) is not { } key
            || reference.Targets.Contains(key);
    }
}
