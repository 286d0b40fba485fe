using System.Text;
using Relocation.Testing.Sanitizing.Replacing;

namespace Relocation.Testing.Sanitizing;

/// <summary>Moves known dates within text, in one way for the whole backup: equal texts stay equal, and different ones different.</summary>
/// <remarks>
/// The text of a field without a rule may be a reference to another record, or unique in its table, whoever the record belongs to. So dates
/// there do not move as those of the record's person do.
/// </remarks>
/// <param name="known">The dates that rules replace.</param>
/// <param name="days">By how many days dates are moved.</param>
internal sealed class TextDates(KnownDates known, int days)
{
    /// <summary>How far dates are moved on at most: further than the days of all years that people remember.</summary>
    private const int MostDays = 40_000;

    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The text with every known date moved, or null when it holds none.</summary>
    internal string? Replace(string text)
    {
        StringBuilder? replaced = null;
        var end = 0;
        for (var at = known.Find(text, 0, out var length, out var date, out _); at >= 0; at = known.Find(text, end, out length, out date, out _))
        {
            replaced = (replaced ?? new StringBuilder(text.Length)).Append(text, end, at - end).Append(Moved(text.Substring(at, length), date));
            end = at + length;
        }

        return replaced?.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>The date moved, and on to the next that the original does not hold and that no other date has become.</summary>
    private string Moved(string written, in DateText date)
    {
        if (_moved.TryGetValue(written, out var moved))
        {
            return moved;
        }

        moved = written;
        for (var on = 0; on < MostDays; on++)
        {
            moved = date.Moved(written, days < 0 ? days - on : days + on);
            if (DateText.TryRead(moved, out var made) && !known.Contains(made) && !_taken.Contains(moved))
            {
                break;
            }
        }

        _taken.Add(moved);
        _moved.Add(written, moved);
        return moved;
    }
}
