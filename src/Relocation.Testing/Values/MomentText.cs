using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <summary>Writes dates, times and lengths of time (docs/sentry-import.md, section 1.3).</summary>
internal sealed class MomentText
{
    private const int LongestText = 40;

    /// <summary>Moments are always in UTC and have three digits at least; what is smaller is cut off, not rounded.</summary>
    internal static MomentText Milliseconds { get; } = new(3);

    /// <summary>As <see cref="Milliseconds"/>, with as many digits as are needed, up to six.</summary>
    internal static MomentText Microseconds { get; } = new(6);

    /// <summary>With all that .NET knows of a moment.</summary>
    internal static MomentText Exact { get; } = new(7);

    private const int MostDigits = 7;

    private readonly int _digits;

    private MomentText(int digits) => _digits = digits;

    /// <summary>The form of a precision.</summary>
    internal static MomentText Of(MomentPrecision precision) => precision switch
    {
        MomentPrecision.Milliseconds => Milliseconds,
        MomentPrecision.Microseconds => Microseconds,
        _ => Exact,
    };

    internal void Write(Utf8JsonWriter writer, FieldType type, in Cell cell)
    {
        Span<byte> text = stackalloc byte[LongestText];
        writer.WriteStringValue(text[..Format(type, cell.Bits, _digits == MostDigits ? cell.Offset : 0, text)]);
    }

    private int Format(FieldType type, long bits, int offset, Span<byte> text)
    {
        switch (type)
        {
            case FieldType.Date:
                return DateDigits.WriteDate(DateOnly.FromDayNumber((int)bits), text);
            case FieldType.Time:
                return WriteClock(bits, text, least: 0);
            case FieldType.Duration:
                return WriteLength(bits, text);
            default:
                bits += offset * TimeSpan.TicksPerMinute;
                var at = DateDigits.WriteDate(DateOnly.FromDateTime(new DateTime(bits)), text);
                text[at++] = (byte)'T';
                at += WriteClock(bits % TimeSpan.TicksPerDay, text[at..], least: 3);
                if (offset != 0)
                {
                    return at + DateDigits.WriteOffset(offset, text[at..]);
                }

                text[at++] = (byte)'Z';
                return at;
        }
    }

    /// <summary>Python's <c>isoformat</c> has no fraction where there is none; the form of moments always has three digits.</summary>
    private int WriteClock(long ticks, Span<byte> text, int least)
    {
        var length = DateDigits.WriteClock(ticks, text);
        return length + WriteFraction((int)(ticks % TimeSpan.TicksPerSecond), text[length..], least);
    }

    private int WriteFraction(int ticks, Span<byte> text, int least)
    {
        Span<byte> digits = stackalloc byte[7];
        DateDigits.Write(digits, 0, 7, ticks);
        var count = _digits;
        while (count > 3 && digits[count - 1] == '0')
        {
            count--;
        }

        if (least == 0 && !digits[..count].ContainsAnyExcept((byte)'0'))
        {
            return 0;
        }

        text[0] = (byte)'.';
        digits[..count].CopyTo(text[1..]);
        return count + 1;
    }

    /// <summary>As Django writes lengths of time: <c>P1DT02H03M04.500000S</c>.</summary>
    private int WriteLength(long ticks, Span<byte> text)
    {
        var span = new TimeSpan(ticks);
        var sign = ticks < 0 ? "-" : string.Empty;
        var days = Math.Abs(span.Days);
        var micro = Math.Abs(ticks % TimeSpan.TicksPerSecond) / TimeSpan.TicksPerMicrosecond;
        var fraction = micro == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $".{micro:D6}");
        if (_digits == MostDigits && ticks % TimeSpan.TicksPerMicrosecond != 0)
        {
            fraction = string.Create(CultureInfo.InvariantCulture, $".{Math.Abs(ticks % TimeSpan.TicksPerSecond):D7}");
        }

        var written = string.Create(
            CultureInfo.InvariantCulture,
            $"{sign}P{days}DT{Math.Abs(span.Hours):D2}H{Math.Abs(span.Minutes):D2}M{Math.Abs(span.Seconds):D2}{fraction}S");
        return System.Text.Encoding.UTF8.GetBytes(written, text);
    }
}
