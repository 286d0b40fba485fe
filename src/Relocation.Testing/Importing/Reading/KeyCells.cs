using Relocation.Testing.Engines;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Turns keys into cells.</summary>
internal static class KeyCells
{
    /// <summary>The cell of one key part; null when the part does not fit the field, which as a text may not, and a number beyond the field's type.</summary>
    internal static Cell? Of(RelocationField field, RecordKey part, RowBatch batch)
    {
        switch (part.Kind)
        {
            case RecordKeyKind.Integer:
                var number = part.AsInteger();
                return number >= field.Limits.Least && number <= field.Limits.Most ? Cell.Fixed(number) : null;
            case RecordKeyKind.Guid:
                return batch.Add(part.AsGuid().ToByteArray(bigEndian: true));
            default:
                return ValueReader.TryFromText(field, part.AsText(), batch, out var cell) ? cell : null;
        }
    }
}
