using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Relocation.Testing.Sanitizing.Errors;
using Relocation.Testing.Sanitizing.Replacing;

namespace Relocation.Testing;

/// <content>Dates.</content>
public sealed partial class Sanitizer
{
    private const int MostDays = 180;

    /// <summary>How far all dates may be moved besides: a hundred years, so that none leaves the calendar at both ends.</summary>
    private const int MostOffset = 36_500;

    private readonly OrderKeeping _instants;
    private readonly OrderKeeping _days;

    /// <summary>How many days dates in order are moved by besides.</summary>
    private int _orderedBy;

    /// <summary>How many days the caller asked for besides.</summary>
    private readonly int _offset;

    /// <summary>By how many days all dates in the text of fields without a rule are moved: the text may be the same in records of different persons.</summary>
    internal int TextDays => DaysOf(0);

    /// <summary>Takes a date in, so that <see cref="MapDate"/> can keep all dates' order.</summary>
    /// <param name="value">The date in ISO 8601.</param>
    /// <exception cref="SanitizeException">The text is no date.</exception>
    public void AddDate(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var date = ReadDate(value);
        (date.IsDay ? _days : _instants).Add(date.IsDay ? date.Day : date.UtcTicks);
    }

    /// <summary>Another date in the same order among those that were taken in, in the form that it was written in.</summary>
    /// <param name="value">The date in ISO 8601.</param>
    /// <exception cref="SanitizeException">The text is no date, or was not taken in.</exception>
    public string MapDate(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var date = ReadDate(value);
        if (date.IsDay)
        {
            var moved = (_days.Map(date.Day) ?? throw SanitizeErrors.UnknownDate()) - date.Day + _orderedBy;
            return date.Moved(value, moved == 0 ? _orderedBy : (int)moved);
        }

        var by = TimeSpan.FromTicks((_instants.Map(date.UtcTicks) ?? throw SanitizeErrors.UnknownDate()) - date.UtcTicks) + TimeSpan.FromDays(_orderedBy);
        return date.Moved(value, by == TimeSpan.Zero ? TimeSpan.FromDays(_orderedBy) : by);
    }

    /// <summary>A sanitizer for a whole backup, which leaves no date where it was.</summary>
    internal static Sanitizer ForBackup(string? seed, TimeSpan dateOffset)
    {
        var sanitizer = new Sanitizer(seed, dateOffset);
        sanitizer._orderedBy = sanitizer.DaysOf(0);
        return sanitizer;
    }

    /// <summary>The offset, where it is not too large.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is.</exception>
    internal static TimeSpan CheckOffset(TimeSpan offset, [CallerArgumentExpression(nameof(offset))] string? parameter = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, TimeSpan.FromDays(MostOffset), parameter);
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.FromDays(-MostOffset), parameter);
        return offset;
    }

    /// <summary>By how many days all dates of a person are moved: never by none.</summary>
    /// <param name="person">Any number that stands for the person.</param>
    internal int DaysOf(ulong person)
    {
        var input = new byte[_key.Length + sizeof(ulong)];
        _key.CopyTo(input, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(_key.Length), person);
        var number = (int)(BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(input)) % (2 * MostDays));
        var days = number < MostDays ? number + 1 : MostDays - number - 1;
        return days + _offset == 0 ? _offset - days : days + _offset;
    }

    /// <summary>The date moved by days; PostgreSQL's infinite ones stay.</summary>
    internal static string MoveDate(string value, int days) => DateText.TryRead(value, out var date) ? date.Moved(value, days) : value;

    internal static bool IsDate(string value) => DateText.TryRead(value, out _);

    private static DateText ReadDate(string value) => DateText.TryRead(value, out var date) ? date : throw SanitizeErrors.NoDate();
}
