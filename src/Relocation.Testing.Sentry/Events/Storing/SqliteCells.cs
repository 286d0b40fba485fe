using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>Rows for SQLite: one JSON array of arrays, so that a statement has one parameter however many rows it writes.</summary>
internal sealed class SqliteCells : RowCells
{
    private const int FirstCapacity = 1024;

    private const int MostDigits = 20;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', '\x7F']);

    private readonly ArrayBufferWriter<byte> _bytes = new(FirstCapacity);
    private int _firstByte = int.MaxValue;
    private int _lastByte;
    private bool _isInRow;

    internal SqliteCells() => _bytes.Write("["u8);

    internal override RowCells Add(long? value)
    {
        Begin();
        if (value is { } number)
        {
            Write(number);
        }
        else
        {
            _bytes.Write("null"u8);
        }

        return this;
    }

    internal override RowCells Add(string? value)
    {
        Begin();
        if (value is null)
        {
            _bytes.Write("null"u8);
        }
        else
        {
            Write(Storable(value).AsSpan());
        }

        return this;
    }

    internal override RowCells Add(DateTimeOffset? value)
    {
        Begin();
        if (value is { } moment)
        {
            Span<char> text = stackalloc char[InstantText.MostCharacters];
            Write((ReadOnlySpan<char>)text[..InstantText.Write(moment, text)]);
        }
        else
        {
            _bytes.Write("null"u8);
        }

        return this;
    }

    /// <summary>The part of the documents that the rows hold.</summary>
    internal DocumentRange Documents => _lastByte == 0 ? default : new DocumentRange(_firstByte, _lastByte - _firstByte);

    internal override RowCells Add(DocumentRange value)
    {
        _firstByte = Math.Min(_firstByte, value.Offset);
        _lastByte = Math.Max(_lastByte, value.Offset + value.Length);
        // substr counts from 1.
        Begin();
        Write(value.Offset + 1L);
        _bytes.Write(","u8);
        Write((long)value.Length);
        return this;
    }

    /// <summary>Ends the rows and gives them to a command.</summary>
    internal void BindTo(DbCommand command, string parameter)
    {
        _bytes.Write("]"u8);
        command.Parameters[parameter].Value = _bytes.WrittenSpan.ToArray();
    }

    private protected override void Complete()
    {
        _bytes.Write("]"u8);
        _isInRow = false;
    }

    private void Begin()
    {
        if (_isInRow)
        {
            _bytes.Write(","u8);
            return;
        }

        _bytes.Write(Count == 0 ? "["u8 : ",["u8);
        _isInRow = true;
    }

    private void Write(long number)
    {
        number.TryFormat(_bytes.GetSpan(MostDigits), out var length, provider: CultureInfo.InvariantCulture);
        _bytes.Advance(length);
    }

    private void Write(ReadOnlySpan<char> text)
    {
        _bytes.Write("\""u8);
        if (Ascii.IsValid(text) && !text.ContainsAny(Escaped))
        {
            _bytes.Advance(Encoding.ASCII.GetBytes(text, _bytes.GetSpan(text.Length)));
        }
        else
        {
            _bytes.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        }

        _bytes.Write("\""u8);
    }
}
