using System.Globalization;
using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>Works out JSON pointers of positions within one text, for messages. It goes on from the position that it was asked for last.</summary>
/// <remarks>
/// One record may be asked for as many places as it has fields, so that beginning anew each time would take the square of its length. Going back
/// begins again at the innermost member or element that holds both positions.
/// </remarks>
internal sealed class PointerTracer
{
    /// <summary>Deeper steps are left out: a hostile file may be nested a million levels deep.</summary>
    private const int MostSteps = 100;

    private readonly List<Step> _steps = [];
    private int _position;
    private int _depth;

    /// <summary>How many bytes have been looked at, for tests of how the work grows.</summary>
    internal long BytesRead { get; private set; }

    /// <summary>The pointer to the value that a position belongs to.</summary>
    /// <param name="record">The record, from its opening brace; valid at least up to <paramref name="position"/>.</param>
    /// <param name="position">A position within the record.</param>
    /// <param name="arrayIndex">The record's index in the backup.</param>
    internal static string Trace(ReadOnlySpan<byte> record, int position, int arrayIndex) =>
        string.Create(CultureInfo.InvariantCulture, $"/{arrayIndex}{Trace(record, position)}");

    /// <summary>The pointer, within some JSON text, to the value that a position belongs to; empty for the whole.</summary>
    /// <param name="json">The text; valid at least up to <paramref name="position"/>.</param>
    /// <param name="position">A position within the text.</param>
    internal static string Trace(ReadOnlySpan<byte> json, int position) => new PointerTracer().PointerTo(json, position);

    /// <summary>The names of the members that a position is in, outermost first, joined by dots; numbers of elements are left out.</summary>
    /// <param name="json">The text; valid at least up to <paramref name="position"/>.</param>
    /// <param name="position">A position within the text.</param>
    internal static string Path(ReadOnlySpan<byte> json, int position) => new PointerTracer().PathTo(json, position);

    /// <summary>Begins with another text.</summary>
    internal void Restart()
    {
        _steps.Clear();
        (_position, _depth) = (0, 0);
    }

    /// <summary>The same as <see cref="Trace(ReadOnlySpan{byte}, int)"/>.</summary>
    /// <param name="json">The text; the same in all calls since <see cref="Restart"/>.</param>
    /// <param name="position">A position within the text.</param>
    internal string PointerTo(ReadOnlySpan<byte> json, int position)
    {
        MoveTo(json, position);
        var pointer = new StringBuilder();
        foreach (var step in _steps)
        {
            if (step.Index >= 0)
            {
                pointer.Append(CultureInfo.InvariantCulture, $"/{step.Index}");
            }
            else if (step.NameEnd > 0)
            {
                var name = JsonText.ToText(json[step.NameStart..step.NameEnd]);
                pointer.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
        }

        return pointer.ToString();
    }

    /// <summary>The same as <see cref="Path"/>.</summary>
    /// <param name="json">The text; the same in all calls since <see cref="Restart"/>.</param>
    /// <param name="position">A position within the text.</param>
    internal string PathTo(ReadOnlySpan<byte> json, int position)
    {
        MoveTo(json, position);
        var path = new StringBuilder();
        foreach (var step in _steps)
        {
            if (step.NameEnd > 0)
            {
                path.Append(path.Length == 0 ? string.Empty : ".").Append(JsonText.ToText(json[step.NameStart..step.NameEnd]));
            }
        }

        return path.ToString();
    }

    private void MoveTo(ReadOnlySpan<byte> json, int position)
    {
        if (position < _position)
        {
            GoBack(position);
        }

        var from = _position;
        for (; _position < position; _position++)
        {
            switch (json[_position])
            {
                case (byte)'{' or (byte)'[':
                    if (++_depth <= MostSteps)
                    {
                        _steps.Add(Step.Into(_position, json[_position] == (byte)'['));
                    }

                    break;
                case (byte)'}' or (byte)']':
                    if (_depth-- <= MostSteps)
                    {
                        _steps.RemoveAt(_steps.Count - 1);
                    }

                    break;
                case (byte)',' when _depth <= MostSteps:
                    _steps[^1] = _steps[^1].After(_position);
                    break;
                case (byte)'"':
                    var end = EndOfString(json, _position, position);
                    if (end == position)
                    {
                        // The position is within the string, which is read again from its quote next time.
                        BytesRead += position - from;
                        return;
                    }

                    if (_depth <= MostSteps && _steps.Count > 0 && _steps[^1] is { Index: < 0, NameEnd: 0 } step)
                    {
                        _steps[^1] = step with { NameStart = _position + 1, NameEnd = end };
                    }

                    _position = end;
                    break;
            }
        }

        BytesRead += _position - from;
    }

    /// <summary>
    /// Goes back within the innermost object or array that the position is in: to its current member or element where the position is in that, else to
    /// its start.
    /// </summary>
    private void GoBack(int position)
    {
        while (_steps.Count > 0 && _steps[^1].Start >= position)
        {
            _steps.RemoveAt(_steps.Count - 1);
        }

        _depth = _steps.Count;
        if (_depth == 0)
        {
            _position = 0;
            return;
        }

        var innermost = _steps[^1];
        if (position < innermost.Current)
        {
            innermost = Step.Into(innermost.Start, innermost.Index >= 0);
        }

        _position = innermost.Current;
        _steps[^1] = innermost with { NameStart = 0, NameEnd = 0 };
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

    /// <summary>An object or array that the position is in.</summary>
    /// <param name="Start">Where it opens.</param>
    /// <param name="Index">An array's current index, or -1 for an object.</param>
    /// <param name="Current">What follows its opening, or its last comma: where its current member or element is read again.</param>
    /// <param name="NameStart">Where the name of an object's current member stands.</param>
    /// <param name="NameEnd">Where it ends; 0 before it was met.</param>
    private readonly record struct Step(int Start, int Index, int Current, int NameStart, int NameEnd)
    {
        internal static Step Into(int start, bool isArray) => new(start, isArray ? 0 : -1, start + 1, 0, 0);

        /// <summary>The next member or element, after a comma.</summary>
        internal Step After(int comma) => new(Start, Index < 0 ? -1 : Index + 1, comma + 1, 0, 0);
    }
}
