using System.Text;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>The rows of one <see cref="RowStatement"/>, filled cell by cell.</summary>
internal abstract class RowCells
{
    private int _firstByte = int.MaxValue;
    private int _lastByte;

    /// <summary>How many rows are complete.</summary>
    internal int Count { get; private set; }

    /// <summary>The part of the documents that the rows hold.</summary>
    internal DocumentRange Documents => _lastByte == 0 ? default : new DocumentRange(_firstByte, _lastByte - _firstByte);

    internal abstract RowCells Add(long? value);

    internal abstract RowCells Add(string? value);

    internal abstract RowCells Add(DateTimeOffset? value);

    internal RowCells Add(DocumentRange value)
    {
        _firstByte = Math.Min(_firstByte, value.Offset);
        _lastByte = Math.Max(_lastByte, value.Offset + value.Length);
        return AddDocument(value);
    }

    /// <summary>Ends a row, all of whose cells are there.</summary>
    internal void EndRow()
    {
        Complete();
        Count++;
    }

    private protected abstract RowCells AddDocument(DocumentRange value);

    private protected abstract void Empty();

    private protected virtual void Complete()
    {
    }

    /// <summary>Forgets all rows, and keeps the room that they took.</summary>
    internal void Clear()
    {
        Count = 0;
        (_firstByte, _lastByte) = (int.MaxValue, 0);
        Empty();
    }

    /// <summary>
    /// A text as columns keep it. PostgreSQL's texts hold no NUL, so neither engine's do: the application drops it too. Half of a character, which only
    /// code can put into an event, becomes the character that stands for none, as it does in the payload. What rows are known by is made storable before
    /// they are looked for, so that they are found again.
    /// </summary>
    internal static string Storable(string value)
    {
        var text = value.Contains('\0', StringComparison.Ordinal) ? value.Replace("\0", string.Empty, StringComparison.Ordinal) : value;
        return text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }
}
