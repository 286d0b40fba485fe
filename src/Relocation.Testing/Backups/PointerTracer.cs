using System.Globalization;
using System.Text;

namespace Relocation.Testing.Backups;

/// <summary>Works out the JSON pointer of a position within a record, for messages.</summary>
internal static class PointerTracer
{
    /// <summary>Deeper steps are left out: a hostile file may be nested a million levels deep.</summary>
    private const int MostSteps = 100;

    /// <summary>The pointer to the value that a position belongs to.</summary>
    /// <param name="record">The record, from its opening brace; valid at least up to <paramref name="position"/>.</param>
    /// <param name="position">A position within the record.</param>
    /// <param name="arrayIndex">The record's index in the backup.</param>
    internal static string Trace(ReadOnlySpan<byte> record, int position, int arrayIndex) =>
        string.Create(CultureInfo.InvariantCulture, $"/{arrayIndex}{Trace(record, position)}");

    /// <summary>The pointer, within some JSON text, to the value that a position belongs to; empty for the whole.</summary>
    /// <param name="json">The text; valid at least up to <paramref name="position"/>.</param>
    /// <param name="position">A position within the text.</param>
    internal static string Trace(ReadOnlySpan<byte> json, int position)
    {
        var pointer = new StringBuilder();
        foreach (var step in Steps(json, position))
        {
            if (step.Index >= 0)
            {
                pointer.Append(CultureInfo.InvariantCulture, $"/{step.Index}");
            }
            else if (step.Name is not null)
            {
                pointer.Append('/').Append(step.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
        }

        return pointer.ToString();
    }

    /// <summary>The names of the members that a position is in, outermost first, joined by dots; numbers of elements are left out.</summary>
    /// <param name="json">The text; valid at least up to <paramref name="position"/>.</param>
    /// <param name="position">A position within the text.</param>
    internal static string Path(ReadOnlySpan<byte> json, int position) =>
        string.Join('.', Steps(json, position).Select(step => step.Name).OfType<string>());

    private static List<Step> Steps(ReadOnlySpan<byte> record, int position)
    {
        var steps = new List<Step>();
        var depth = 0;
        for (var i = 0; i < position; i++)
        {
            switch (record[i])
            {
                case (byte)'{' or (byte)'[':
                    if (++depth <= MostSteps)
                    {
                        steps.Add(new Step(record[i] == (byte)'[' ? 0 : -1, null));
                    }

                    break;
                case (byte)'}' or (byte)']':
                    if (depth-- <= MostSteps)
                    {
                        steps.RemoveAt(steps.Count - 1);
                    }

                    break;
                case (byte)',' when depth <= MostSteps:
                    steps[^1] = steps[^1] with { Index = steps[^1].Index < 0 ? -1 : steps[^1].Index + 1, Name = null };
                    break;
                case (byte)'"':
                    var end = EndOfString(record, i, position);
                    if (end < position && depth <= MostSteps && steps[^1] is { Index: < 0, Name: null })
                    {
                        steps[^1] = new Step(-1, JsonText.ToText(record[(i + 1)..end]));
                    }

                    i = end;
                    break;
            }
        }

        return steps;
    }

    /// <summary>The position of the closing quote, or <paramref name="limit"/> when that comes first.</summary>
    private static int EndOfString(ReadOnlySpan<byte> record, int quote, int limit)
    {
        for (var i = quote + 1; i < limit; i++)
        {
            if (record[i] == (byte)'"')
            {
                return i;
            }

            if (record[i] == (byte)'\\')
            {
                i++;
            }
        }

        return limit;
    }

    /// <summary>An array's current index, or -1 and an object's current member.</summary>
    private readonly record struct Step(int Index, string? Name);
}
