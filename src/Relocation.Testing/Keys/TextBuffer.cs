using System.Globalization;
using System.Text.Encodings.Web;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Keys;

/// <summary>Text that grows in one array and is used again, so that a line of a snapshot costs no string.</summary>
internal sealed class TextBuffer
{
    private const int LongestNumber = 36;

    private char[] _chars = new char[256];

    internal int Length { get; private set; }

    /// <summary>What was appended; invalid after the next call.</summary>
    internal ReadOnlyMemory<char> Written => _chars.AsMemory(0, Length);

    public override string ToString() => new(_chars, 0, Length);

    internal void Clear() => Length = 0;

    internal TextBuffer Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
        return this;
    }

    internal TextBuffer Append(long number)
    {
        // The format and culture are said: a culture may have a minus sign of its own.
        number.TryFormat(Room(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    internal TextBuffer Append(RecordKey key)
    {
        switch (key.Kind)
        {
            case RecordKeyKind.Integer:
                return Append(key.AsInteger());
            case RecordKeyKind.Guid:
                key.AsGuid().TryFormat(Room(LongestNumber), out var written);
                Length += written;
                return this;
            default:
                return Append(key.ToString());
        }
    }

    /// <summary>Appends a label or a reference's name: plain, or in quotes where it has characters that mean something here.</summary>
    internal TextBuffer AppendName(string name)
    {
        if (SnapshotText.IsPlain(name))
        {
            return Append(name);
        }

        return Append("\"").Append(ShownText.Json(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(name))).Append("\"");
    }

    private Span<char> Room(int length)
    {
        if (_chars.Length - Length < length)
        {
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, Length + length));
        }

        return _chars.AsSpan(Length);
    }
}
