using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Eventing;

/// <summary>A file of events, read event by event: one JSON array, or one object after another (JSON lines); the first character tells which.</summary>
internal sealed class EventFile : IAsyncDisposable
{
    private const int FirstCapacity = 1 << 16;

    /// <summary>No event is longer, in bytes: the application itself takes far shorter ones, and whoever reads one holds it in memory.</summary>
    private const int Longest = 1 << 26;

    /// <summary>How deep an event may be; more than anybody sends, and less than what a payload can be written with.</summary>
    private const int Deepest = 512;

    private const byte Comma = (byte)',';

    private const byte End = (byte)']';

    private readonly string _name;
    private readonly Stream _source;
    private Stream? _stream;
    private byte[] _bytes = new byte[FirstCapacity];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private bool _isArray;
    private int _read;
    private long _line = 1;
    private long _column = 1;

    private EventFile(string name, Stream source, long length) => (_name, _source, Length) = (name, source, length);

    /// <summary>How long the file is, in bytes; 0 if unknown.</summary>
    internal long Length { get; }

    /// <summary>How many bytes of text the events so far took, whether the file is compressed or not.</summary>
    internal long Taken { get; private set; }

    /// <summary>How much of the file was read.</summary>
    internal long Position => Length > 0 ? _source.Position : 0;

    /// <param name="argument">The path, or - for standard input.</param>
    internal static EventFile Open(string argument)
    {
        if (BackupArgument.IsStandardInput(argument))
        {
            return new EventFile("standard input", BackupArgument.OpenStandardInput(), 0);
        }

        if (Directory.Exists(argument) || !File.Exists(argument))
        {
            throw Errors.EventsMissing(argument, Directory.Exists(argument));
        }

        var file = new FileStream(argument, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new EventFile(argument, file, file.CanSeek ? file.Length : 0);
    }

    /// <summary>The next event, or null after the last one.</summary>
    /// <exception cref="EventFileException">The text is not JSON, or an event is not an object.</exception>
    internal async ValueTask<PlacedEvent?> NextAsync(CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!await MoveToEventAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var place = Place(_isArray ? string.Create(CultureInfo.InvariantCulture, $"/{_read}") : string.Empty);
        _read++;
        while (true)
        {
            if (TryTake(place, out var value))
            {
                return value as JsonObject is { } data ? new PlacedEvent(data, place) : throw new EventFileException(BackupProblemKind.RecordNotAnObject, Errors.EventIsNoObject(value), place);
            }

            await FillForEventAsync(place, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }

        await _source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Finds out whether the text is compressed, and whether it is an array.</summary>
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _stream = _source;
        await FillMarkAsync(cancellationToken).ConfigureAwait(false);
        if (_bytes.AsSpan(0, _end).StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            _stream = new GZipStream(new JoinedStream(_bytes.AsMemory(0, _end).ToArray(), _source), CompressionMode.Decompress);
            (_end, _isAtEnd) = (0, false);
            await FillMarkAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_bytes.AsSpan(0, _end).StartsWith("\uFEFF"u8))
        {
            _start = "\uFEFF"u8.Length;
        }

        if (await SkipSpaceAsync(cancellationToken).ConfigureAwait(false) && _bytes[_start] == (byte)'[')
        {
            _isArray = true;
            Skip(1);
        }
    }

    /// <summary>Reads enough of the beginning to recognise the format: a pipe may return less at a time.</summary>
    private async ValueTask FillMarkAsync(CancellationToken cancellationToken)
    {
        do
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
        while (_end < "\uFEFF"u8.Length && !_isAtEnd);
    }

    /// <summary>Reads more of an incomplete event, each time twice as much, so that a long event is not scanned again for every piece.</summary>
    private async ValueTask FillForEventAsync(RecordPlace place, CancellationToken cancellationToken)
    {
        var has = _end - _start;
        if (has >= Longest)
        {
            throw new EventFileException(BackupProblemKind.LimitExceeded, Errors.EventTooLong(Longest), place);
        }

        var wanted = has < FirstCapacity ? has + 1 : 2 * has;
        do
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
        while (_end - _start < wanted && !_isAtEnd);
    }

    /// <summary>Moves to the beginning of the next event, if there is one.</summary>
    private async ValueTask<bool> MoveToEventAsync(CancellationToken cancellationToken)
    {
        var isThere = await SkipSpaceAsync(cancellationToken).ConfigureAwait(false);
        if (!_isArray)
        {
            return isThere;
        }

        if (isThere && _bytes[_start] == Comma && _read > 0)
        {
            Skip(1);
            return await SkipSpaceAsync(cancellationToken).ConfigureAwait(false) && _bytes[_start] is not (Comma or End)
                ? true
                : throw new EventFileException(BackupProblemKind.NotJson, Errors.EventMissing(), Place(string.Empty));
        }

        if (isThere && _bytes[_start] != End)
        {
            return _read == 0 ? true : throw new EventFileException(BackupProblemKind.NotJson, Errors.CommaMissing(), Place(string.Empty));
        }

        if (!isThere)
        {
            throw new EventFileException(BackupProblemKind.Truncated, Errors.ArrayNotEnded(), Place(string.Empty));
        }

        Skip(1);
        return await SkipSpaceAsync(cancellationToken).ConfigureAwait(false)
            ? throw new EventFileException(BackupProblemKind.NotJson, Errors.TextBehindArray(), Place(string.Empty))
            : false;
    }

    /// <summary>Takes a complete value from what was read, if there is one.</summary>
    private bool TryTake(RecordPlace place, out JsonNode? value)
    {
        value = null;
        var bytes = _bytes.AsSpan(_start, _end - _start);
        var reader = new Utf8JsonReader(bytes, _isAtEnd, new JsonReaderState(new JsonReaderOptions { MaxDepth = Deepest }));
        try
        {
            if (!reader.Read() || !reader.TrySkip())
            {
                return false;
            }

            var length = (int)reader.BytesConsumed;
            if (length > Longest)
            {
                throw new EventFileException(BackupProblemKind.LimitExceeded, Errors.EventTooLong(Longest), place);
            }

            value = Parse(bytes[..length], place);
            Taken += length;
            Skip(length);
            return true;
        }
        catch (JsonException exception)
        {
            var line = exception.LineNumber ?? 0;
            throw new EventFileException(
                BackupProblemKind.NotJson,
                reader.CurrentDepth + 1 >= Deepest ? Errors.EventTooDeep(Deepest) : Errors.EventIsNoJson(),
                place with
                {
                    Line = place.Line + line,
                    Column = (line == 0 ? place.Column : 1) + (exception.BytePositionInLine ?? 0),
                },
                exception);
        }
    }

    /// <summary>Parses JSON into a tree.</summary>
    /// <exception cref="EventFileException">It has a duplicate member, or a name that is not valid text.</exception>
    private static JsonNode? Parse(ReadOnlySpan<byte> json, RecordPlace place)
    {
        try
        {
            var value = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });

            // An object reads its members' names on first use.
            _ = (value as JsonObject)?.ContainsKey(string.Empty);
            return value;
        }
        catch (JsonException exception)
        {
            throw new EventFileException(BackupProblemKind.DoubledMember, Errors.MemberTwice(), place, exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new EventFileException(BackupProblemKind.NotJson, Errors.NameIsNoText(), place, exception);
        }
    }

    private async ValueTask<bool> SkipSpaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var space = _bytes.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \t\r\n"u8);
            Skip(space < 0 ? _end - _start : space);
            if (space >= 0 || _isAtEnd)
            {
                return space >= 0;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Skip(int count)
    {
        var skipped = _bytes.AsSpan(_start, count);
        var last = skipped.LastIndexOf((byte)'\n');
        _line += skipped.Count((byte)'\n');
        _column = last < 0 ? _column + count : count - last;
        _start += count;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        try
        {
            var count = await _stream!.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += count;
            _isAtEnd = count == 0;
        }
        catch (InvalidDataException exception)
        {
            throw new EventFileException(BackupProblemKind.Unreadable, Errors.EventsDamaged(), Place(string.Empty), exception);
        }
    }

    private RecordPlace Place(string pointer) => new() { Backup = _name, Line = _line, Column = _column, Pointer = pointer };
}
