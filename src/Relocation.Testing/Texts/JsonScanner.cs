using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Relocation.Testing.Texts;

/// <summary>Finds where JSON values end and checks everything that RFC 8259 demands of them on the way.</summary>
/// <remarks>
/// Stands in for <see cref="System.Text.Json.Utf8JsonReader"/>, whose string search runs unoptimised until it has tiered up: a test
/// host's first import is cold, and takes twice as long with it. Every <c>Scan</c> method takes the position of a token's first byte
/// and returns that after its last one, or <see cref="NeedMore"/> when the text ends within it, or <see cref="Faulty"/>.
/// </remarks>
internal sealed class JsonScanner(BackupLimits limits)
{
    internal const int NeedMore = -1;
    internal const int Faulty = -2;

    private readonly int _maxDepth = limits.MaxDepth;
    private readonly int _maxStringBytes = limits.MaxStringBytes;
    private readonly int _maxFields = limits.MaxFields;
    private readonly Stack<ulong> _outerLevels = [];
    private int _fields;

    /// <summary>What is wrong, after <see cref="Faulty"/>.</summary>
    internal JsonFault Fault { get; private set; }

    /// <summary>Where it is, after <see cref="Faulty"/>.</summary>
    internal int FaultPosition { get; private set; }

    /// <summary>Where the first string over the limit starts, or -1; reading can go on.</summary>
    internal int LongStringPosition { get; private set; } = -1;

    /// <summary>Where the first value over the limit of depth starts, or -1; reading can go on.</summary>
    internal int DeepValuePosition { get; private set; } = -1;

    /// <summary>Where the first member over the limit of their number starts, or -1; reading can go on.</summary>
    internal int ManyFieldsPosition { get; private set; } = -1;

    internal bool IsOverLimit => (LongStringPosition & DeepValuePosition & ManyFieldsPosition) != -1;

    /// <summary>Forgets which limits were met: another record begins.</summary>
    internal void BeginRecord()
    {
        LongStringPosition = -1;
        DeepValuePosition = -1;
        ManyFieldsPosition = -1;
        _fields = 0;
        _outerLevels.Clear();
    }

    /// <summary>Scans any value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The position of the value's first byte.</param>
    /// <param name="outerDepth">How many objects and arrays the value is in, as far as limits count them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int ScanValue(ReadOnlySpan<byte> text, int position, int outerDepth)
    {
        var depth = 0;
        // One bit for each open object or array, the innermost lowest: whether it is an object.
        var levels = 0UL;
        while (true)
        {
            if ((uint)position >= (uint)text.Length)
            {
                return NeedMore;
            }

            var first = text[position];
            if (first is (byte)'{' or (byte)'[')
            {
                levels = Push(levels, depth++, first == (byte)'{');
                if (depth + outerDepth > _maxDepth && DeepValuePosition < 0)
                {
                    DeepValuePosition = position;
                }

                position = JsonBytes.SkipWhitespace(text, position + 1);
                if ((uint)position >= (uint)text.Length)
                {
                    return NeedMore;
                }

                if (text[position] != (first == (byte)'{' ? (byte)'}' : (byte)']'))
                {
                    position = first == (byte)'{' ? ScanName(text, position) : position;
                    if (position < 0)
                    {
                        return position;
                    }

                    continue;
                }

                levels = Pop(levels, --depth);
                position++;
            }
            else
            {
                position = first == (byte)'"' ? ScanString(text, position) : ScanScalar(text, position);
            }

            if (position < 0 || depth == 0)
            {
                return position;
            }

            position = ScanAfterValue(text, position, ref levels, ref depth);
            if (position < 0 || depth == 0)
            {
                return position;
            }
        }
    }

    /// <summary>Scans a member's name, the colon and the white space around it: leads to the member's value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int ScanName(ReadOnlySpan<byte> text, int position)
    {
        if (text[position] != (byte)'"')
        {
            return Fail(JsonFault.NameExpected, position);
        }

        if (++_fields > _maxFields && ManyFieldsPosition < 0)
        {
            ManyFieldsPosition = position;
        }

        position = ScanString(text, position);
        return position < 0 ? position : ScanColon(text, position);
    }

    /// <summary>Scans the colon between a name and its value and the white space around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int ScanColon(ReadOnlySpan<byte> text, int position)
    {
        position = JsonBytes.SkipWhitespace(text, position);
        if ((uint)position >= (uint)text.Length)
        {
            return NeedMore;
        }

        if (text[position] != (byte)':')
        {
            return Fail(JsonFault.ColonExpected, position);
        }

        position = JsonBytes.SkipWhitespace(text, position + 1);
        return (uint)position < (uint)text.Length ? position : NeedMore;
    }

    /// <summary>Scans a string, quotes included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int ScanString(ReadOnlySpan<byte> text, int position)
    {
        var start = position + 1;
        position = JsonBytes.FindShortEnd(text, start);
        if (position >= 0 && position - start <= _maxStringBytes)
        {
            return position + 1;
        }

        var isAscii = true;
        position = start;
        while (true)
        {
            position = JsonBytes.FindStop(text, position, ref isAscii);
            if ((uint)position >= (uint)text.Length)
            {
                return NeedMore;
            }

            var stop = text[position];
            if (stop == (byte)'"')
            {
                break;
            }

            position = stop == (byte)'\\' ? ScanEscape(text, position) : Fail(JsonFault.ControlCharacter, position);
            if (position < 0)
            {
                return position;
            }
        }

        if (!isAscii && !Utf8.IsValid(text[start..position]))
        {
            return FailAtBadUtf8(text[start..position], start);
        }

        if (position - start > _maxStringBytes && LongStringPosition < 0)
        {
            LongStringPosition = start - 1;
        }

        return position + 1;
    }

    internal int Fail(JsonFault fault, int position)
    {
        Fault = fault;
        FaultPosition = position;
        return Faulty;
    }

    /// <summary>Scans what follows a value within objects and arrays, up to the next value or the end of the outermost one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanAfterValue(ReadOnlySpan<byte> text, int position, ref ulong levels, ref int depth)
    {
        while (depth > 0)
        {
            position = JsonBytes.SkipWhitespace(text, position);
            if ((uint)position >= (uint)text.Length)
            {
                return NeedMore;
            }

            var isObject = (levels & 1) != 0;
            var current = text[position];
            if (current == (byte)',')
            {
                position = JsonBytes.SkipWhitespace(text, position + 1);
                if ((uint)position >= (uint)text.Length)
                {
                    return NeedMore;
                }

                return isObject ? ScanName(text, position) : position;
            }

            if (current != (isObject ? (byte)'}' : (byte)']'))
            {
                return Fail(JsonFault.CommaOrEndExpected, position);
            }

            levels = Pop(levels, --depth);
            position++;
        }

        return position;
    }

    /// <summary>Scans a number or a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanScalar(ReadOnlySpan<byte> text, int position) => text[position] switch
    {
        (byte)'t' => ScanLiteral(text, position, "true"u8),
        (byte)'f' => ScanLiteral(text, position, "false"u8),
        (byte)'n' => ScanLiteral(text, position, "null"u8),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => ScanNumber(text, position),
        _ => Fail(JsonFault.ValueExpected, position),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanLiteral(ReadOnlySpan<byte> text, int position, ReadOnlySpan<byte> literal)
    {
        var there = text[position..];
        if (there.StartsWith(literal))
        {
            return position + literal.Length;
        }

        return literal.StartsWith(there) ? NeedMore : Fail(JsonFault.BadLiteral, position);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanNumber(ReadOnlySpan<byte> text, int start)
    {
        var position = text[start] == (byte)'-' ? start + 1 : start;
        var digits = position;
        position = JsonBytes.SkipDigits(text, position);
        if (position < text.Length && (position == digits || (text[digits] == (byte)'0' && position - digits > 1)))
        {
            return Fail(JsonFault.BadNumber, start);
        }

        if (position < text.Length && text[position] == (byte)'.')
        {
            digits = position + 1;
            position = JsonBytes.SkipDigits(text, digits);
            if (position < text.Length && position == digits)
            {
                return Fail(JsonFault.BadNumber, start);
            }
        }

        if (position < text.Length && (text[position] | 0x20) == 'e')
        {
            digits = position + 1;
            if (digits < text.Length && text[digits] is (byte)'+' or (byte)'-')
            {
                digits++;
            }

            position = JsonBytes.SkipDigits(text, digits);
            if (position < text.Length && position == digits)
            {
                return Fail(JsonFault.BadNumber, start);
            }
        }

        // A number ends where something else begins, so one at the end of the text may go on.
        return position < text.Length ? position : NeedMore;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanEscape(ReadOnlySpan<byte> text, int position)
    {
        if (position + 1 >= text.Length)
        {
            return NeedMore;
        }

        switch (text[position + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return position + 2;
            case (byte)'u':
                return ScanUnicodeEscape(text, position);
            default:
                return Fail(JsonFault.BadEscape, position);
        }
    }

    private int ScanUnicodeEscape(ReadOnlySpan<byte> text, int position)
    {
        var unit = ScanCodeUnit(text, position);
        if (unit < 0)
        {
            return unit;
        }

        if (!char.IsSurrogate((char)unit))
        {
            return position + 6;
        }

        var low = position + 6;
        if (char.IsLowSurrogate((char)unit)
            || (low < text.Length && text[low] != (byte)'\\')
            || (low + 1 < text.Length && text[low + 1] != (byte)'u'))
        {
            return Fail(JsonFault.LoneSurrogate, position);
        }

        unit = ScanCodeUnit(text, low);
        return unit < 0 ? unit : char.IsLowSurrogate((char)unit) ? position + 12 : Fail(JsonFault.LoneSurrogate, position);
    }

    /// <summary>The code unit of an escape such as <c>\u00e9</c>, or a negative code.</summary>
    private int ScanCodeUnit(ReadOnlySpan<byte> text, int position)
    {
        var unit = 0;
        for (var i = position + 2; i < position + 6; i++)
        {
            if (i >= text.Length)
            {
                return NeedMore;
            }

            if (!char.IsAsciiHexDigit((char)text[i]))
            {
                return Fail(JsonFault.BadEscape, position);
            }

            unit = (unit << 4) | JsonText.HexValue(text[i]);
        }

        return unit;
    }

    private int FailAtBadUtf8(ReadOnlySpan<byte> text, int start)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(text[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        return Fail(JsonFault.NotUtf8, start + position);
    }

    private ulong Push(ulong levels, int depth, bool isObject)
    {
        if (depth != 0 && (depth & 63) == 0)
        {
            _outerLevels.Push(levels);
        }

        return (levels << 1) | (isObject ? 1UL : 0UL);
    }

    private ulong Pop(ulong levels, int depth) => depth != 0 && (depth & 63) == 0 ? _outerLevels.Pop() : levels >> 1;
}
