using System.Runtime.CompilerServices;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>The second pass: reads the records of runs that the index found, one after the other.</summary>
/// <remarks>
/// Everything is checked again while it is scanned: the backup may have changed since it was indexed, and a record that no longer is
/// what the index says must not be taken for another.
/// </remarks>
internal sealed class RecordCursor : IAsyncDisposable
{
    private readonly BackupContent _content;
    private readonly RecordScanner _scanner;
    private readonly TextWindow _window;
    private RecordRun? _run;
    private RecordShape _shape;
    private int _read;
    private int _length;

    internal RecordCursor(BackupContent content, BackupLimits limits)
        : this(content, limits, TextWindow.DefaultBlockSize)
    {
    }

    internal RecordCursor(BackupContent content, BackupLimits limits, int blockSize)
    {
        _content = content;
        _scanner = new RecordScanner(limits);
        _window = new TextWindow(content, blockSize);
    }

    /// <summary>The current record's index in the backup's array.</summary>
    internal int ArrayIndex => Run.FirstIndex + _read - 1;

    /// <summary>The current record's position among its model's records.</summary>
    internal int Rank => Run.FirstRank + _read - 1;

    /// <summary>Where the current record's opening brace stands in the decoded text.</summary>
    internal long Offset => _window.Offset;

    /// <summary>Where the current record's fields stand in the decoded text: the offset of <see cref="Fields"/>' first byte.</summary>
    internal long FieldsOffset => _window.Offset + _shape.FieldsStart;

    /// <summary>The raw JSON of the current record's <c>fields</c> object, braces included; valid until the next record is read.</summary>
    internal ReadOnlySpan<byte> Fields => _shape.Fields(_window.Unread);

    /// <summary>Where the current record's key stands in the decoded text.</summary>
    internal long PkOffset => _window.Offset + _shape.KeyStart;

    /// <summary>The raw JSON of the current record's key.</summary>
    internal ReadOnlySpan<byte> Pk => _shape.Key(_window.Unread);

    private RecordRun Run => _run ?? throw new InvalidOperationException("The cursor stands at no run.");

    /// <summary>Goes to a run; on in the same stream when it follows the last one.</summary>
    /// <param name="run">A run of the content's index.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    internal async ValueTask SeekAsync(RecordRun run, CancellationToken cancellationToken)
    {
        await _window.MoveToAsync(run.Offset, cancellationToken).ConfigureAwait(false);
        (_run, _read, _length) = (run, 0, 0);
    }

    /// <summary>Reads the run's next record, or returns false after the last one.</summary>
    /// <param name="cancellationToken">Cancels the reading, at the next block.</param>
    /// <exception cref="BackupFormatException">The backup changed since it was indexed, or reading failed.</exception>
    internal ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_read == Run.Count)
        {
            EndRun();
            return ValueTask.FromResult(false);
        }

        return TryRead() ? ValueTask.FromResult(true) : ReadOnAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _window.DisposeAsync();

    private async ValueTask<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (_window.IsFinal)
            {
                throw Changed();
            }

            await _window.RefillAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!TryRead());

        return true;
    }

    /// <summary>Reads the next record if all of it is in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryRead()
    {
        var text = _window.Unread;
        var position = SkipComma(text);
        if (position < 0 || position >= text.Length)
        {
            return false;
        }

        var end = text[position] == (byte)'{' ? _scanner.Scan(text, position, out _shape) : JsonScanner.Faulty;
        if (end == JsonScanner.NeedMore)
        {
            return false;
        }

        if (end < 0 || _shape.IsDefective || !_shape.Label(text).SequenceEqual(Run.Spelling))
        {
            throw Changed();
        }

        _shape.MoveBack(position);
        _window.Consume(position);
        _length = end - position;
        _read++;
        return true;
    }

    /// <summary>The position of the next record: after the current one and the comma that follows it.</summary>
    private int SkipComma(ReadOnlySpan<byte> text)
    {
        if (_read == 0)
        {
            return 0;
        }

        var position = JsonBytes.SkipWhitespace(text, _length);
        if (position >= text.Length)
        {
            return JsonScanner.NeedMore;
        }

        return text[position] == (byte)',' ? JsonBytes.SkipWhitespace(text, position + 1) : throw Changed();
    }

    private void EndRun()
    {
        _content.ThrowIfChanged();
        if (Run.Length != RecordRun.UnknownLength && _window.Offset + _length != Run.Offset + Run.Length)
        {
            throw Changed();
        }
    }

    private BackupFormatException Changed() => BackupErrors.BackupChanged(_content.Name, Run.FirstIndex + _read);
}
