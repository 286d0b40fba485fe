using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>The current row of a stream as filters and rules see it.</summary>
internal sealed class ExportedRow(RelocationEntity entity, RowStream stream, RowShape shape) : ISelectable
{
    /// <summary>Why the record was left out, or null.</summary>
    internal string? Reason { get; set; }

    /// <summary>What the row looks like, where rows of several types come from one query.</summary>
    internal RowShape Shape { get; set; } = shape;

    public RecordKey KeyOf(int rank) => Shape.KeyOf(stream);

    public object? ValueOf(int rank, string field)
    {
        var columns = Shape.Layout.Columns;
        var column = Array.FindIndex(columns, candidate => candidate.Name == field);
        if (column < 0)
        {
            return entity.FindField(field) is null ? throw RuleErrors.FieldNotNamed(entity, field) : null;
        }

        return PlainValue.Of(columns[column], stream.Row[Shape.Places[column]], stream.Batch);
    }

    public void LeaveOut(int rank, string reason) => Reason = reason;
}
