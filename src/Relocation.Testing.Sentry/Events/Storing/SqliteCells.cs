using System.Buffers;
using System.Globalization;
using System.Text;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>
/// Rows for SQLite, so that a statement has as many parameters however many rows it writes: a table of places of a fixed width, and the texts that
/// some of them point to. SQLite takes a part of a blob five times as fast as a value out of JSON.
/// </summary>
internal sealed class SqliteCells : RowCells
{
    /// <summary>The width of a number: the longest is the lowest one, which stands for null.</summary>
    internal const int NumberWidth = 20;

    /// <summary>The width of where a text stands, and of how long it is. Where it stands counts from 1; 0 stands for null.</summary>
    internal const int PlaceWidth = 10;

    private const int FirstCapacity = 1024;

    private readonly ArrayBufferWriter<byte> _rows = new(FirstCapacity);
    private readonly ArrayBufferWriter<byte> _texts = new(FirstCapacity);

    internal SqliteCells() => Empty();

    /// <summary>The rows: each a number or a place a cell.</summary>
    internal ReadOnlyMemory<byte> Rows => _rows.WrittenMemory;

    /// <summary>The short texts, one behind the other.</summary>
    internal ReadOnlyMemory<byte> Texts => _texts.WrittenMemory;

    internal override RowCells Add(long? value)
    {
        Write(value ?? long.MinValue, NumberWidth);
        return this;
    }

    internal override RowCells Add(string? value)
    {
        if (value is null)
        {
            return AddPlace(0, 0);
        }

        var text = Storable(value);
        var length = Encoding.UTF8.GetBytes(text, _texts.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return AddText(length);
    }

    internal override RowCells Add(DateTimeOffset? value) =>
        value is { } moment ? AddText(InstantText.Write(moment, _texts.GetSpan(InstantText.MostBytes))) : AddPlace(0, 0);

    private protected override RowCells AddDocument(DocumentRange value) => AddPlace(value.Offset + 1, value.Length);

    /// <summary>A blob without a byte would be bound as null, so there is always one.</summary>
    private protected override void Empty()
    {
        _rows.ResetWrittenCount();
        _texts.ResetWrittenCount();
        _texts.Write(" "u8);
    }

    /// <summary>Adds the text that was just written behind the others.</summary>
    private SqliteCells AddText(int length)
    {
        var start = _texts.WrittenCount + 1;
        _texts.Advance(length);
        return AddPlace(start, length);
    }

    private SqliteCells AddPlace(int start, int length)
    {
        Write(start, PlaceWidth);
        Write(length, PlaceWidth);
        return this;
    }

    private void Write(long number, int width)
    {
        var cell = _rows.GetSpan(width)[..width];
        number.TryFormat(cell, out var length, provider: CultureInfo.InvariantCulture);
        cell[length..].Fill((byte)' ');
        _rows.Advance(width);
    }
}
