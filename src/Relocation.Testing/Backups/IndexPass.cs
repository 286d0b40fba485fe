using System.Runtime.CompilerServices;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>The first pass over a backup's text, piece by piece: notes every record, and every problem that can be told from the text.</summary>
internal sealed class IndexPass(LabelTable labels, ProblemLog problems, BackupLimits limits, bool includeValues)
{
    private readonly RecordScanner _scanner = new(limits);
    private readonly RecordDefects _defects = new(problems, limits);
    private readonly RunList _runs = new();
    private IndexState _state;
    private IndexedLabel? _lastLabel;
    private int _arrayIndex;

    /// <summary>Whether the text has ended, or cannot be read any further.</summary>
    internal bool IsDone => _state == IndexState.Done;

    internal IReadOnlyList<RecordRun> Runs => _runs.Runs;

    /// <summary>Reads as far as whole records go.</summary>
    /// <param name="text">The text from where the last call ended.</param>
    /// <param name="offset">Its offset in the whole text.</param>
    /// <param name="isFinal">Whether nothing follows it.</param>
    /// <returns>How many bytes were read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Read(ReadOnlySpan<byte> text, long offset, bool isFinal)
    {
        var position = 0;
        while (_state != IndexState.Done)
        {
            position = JsonBytes.SkipWhitespace(text, position);
            if (position == text.Length)
            {
                if (isFinal)
                {
                    EndText(offset + position);
                }

                return position;
            }

            var isRecord = _state == IndexState.Record || (_state == IndexState.FirstRecordOrEnd && text[position] != (byte)']');
            var next = isRecord ? ReadElement(text, position, offset, isFinal) : ReadBetween(text, position, offset, isFinal);
            if (next == JsonScanner.NeedMore)
            {
                return position;
            }

            position = next;
        }

        _runs.End();
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadBetween(ReadOnlySpan<byte> text, int position, long offset, bool isFinal)
    {
        switch (_state, text[position])
        {
            case (IndexState.Array, (byte)'['):
                _state = IndexState.FirstRecordOrEnd;
                break;
            case (IndexState.Array, var first):
                return RefuseStart(text, position, offset, isFinal, first);
            case (IndexState.FirstRecordOrEnd or IndexState.CommaOrEnd, (byte)']'):
                _state = IndexState.Nothing;
                break;
            case (IndexState.CommaOrEnd, (byte)','):
                _state = IndexState.Record;
                break;
            case (IndexState.CommaOrEnd, _):
                return Stop(JsonFault.CommaOrEndExpected, offset + position, string.Empty);
            default:
                return Stop(JsonFault.TextAfterArray, offset + position, string.Empty);
        }

        return position + 1;
    }

    /// <summary>Tells another JSON value, such as a settings file's object, from what is no JSON at all.</summary>
    private int RefuseStart(ReadOnlySpan<byte> text, int position, long offset, bool isFinal, byte first)
    {
        const int LongestLiteral = 5;
        var start = text[position..];
        if (start.Length < LongestLiteral && !isFinal)
        {
            return JsonScanner.NeedMore;
        }

        var isUtf16 = start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, ..] or [_, 0, ..];
        var isValue = first is (byte)'{' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            || start.StartsWith("true"u8) || start.StartsWith("false"u8) || start.StartsWith("null"u8);
        if (isUtf16 || !isValue)
        {
            return Stop(isUtf16 ? JsonFault.NotUtf8ButUtf16 : JsonFault.NotJson, offset + position, string.Empty);
        }

        problems.Add(BackupProblemKind.NotAnArray, new PlaceRequest(offset + position, string.Empty, null, null), BackupErrors.NotAnArray());
        _state = IndexState.Done;
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadElement(ReadOnlySpan<byte> text, int start, long offset, bool isFinal)
    {
        var isObject = text[start] == (byte)'{';
        var shape = default(RecordShape);
        if (!isObject)
        {
            _scanner.Json.BeginRecord();
        }

        var end = isObject ? _scanner.Scan(text, start, out shape) : _scanner.Json.ScanValue(text, start, outerDepth: 0);
        var reached = end switch
        {
            JsonScanner.NeedMore => text.Length,
            JsonScanner.Faulty => _scanner.Json.FaultPosition,
            _ => end,
        };
        if (reached - start > limits.MaxRecordBytes)
        {
            problems.Add(BackupProblemKind.LimitExceeded, PlaceOf(text, start, offset, shape), BackupErrors.RecordTooLong(limits.MaxRecordBytes));
            _state = IndexState.Done;
            return start;
        }

        if (end < 0)
        {
            return end == JsonScanner.Faulty || isFinal ? StopWithin(text, start, offset, shape, end) : JsonScanner.NeedMore;
        }

        if (isObject)
        {
            AddRecord(text, start, end, offset, shape);
        }
        else
        {
            var place = PlaceOf(text, start, offset, shape);
            problems.Add(BackupProblemKind.RecordNotAnObject, place, BackupErrors.RecordNotAnObject());
            _defects.DescribeLimits(_scanner.Json, text, start, _arrayIndex, place);
        }

        _arrayIndex++;
        _state = IndexState.CommaOrEnd;
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRecord(ReadOnlySpan<byte> text, int start, int end, long offset, in RecordShape shape)
    {
        if (shape.IsDefective)
        {
            var place = PlaceOf(text, start, offset, shape);
            _defects.Describe(text[start..end], offset + start, place.Pointer, place.Model, place.Key);
            _defects.DescribeLimits(_scanner.Json, text, start, _arrayIndex, place);
        }

        if (!shape.HasModel || text[shape.ModelStart] != (byte)'"')
        {
            return;
        }

        var label = FindLabel(shape.Label(text));
        if (label is null)
        {
            RefuseLabel(text, start, offset, shape);
        }
        else if (shape.HasKey && text[shape.KeyStart] != (byte)'n')
        {
            AddKey(label, text, start, end, offset, shape);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddKey(IndexedLabel label, ReadOnlySpan<byte> text, int start, int end, long offset, in RecordShape shape)
    {
        var records = label.Records;
        var rank = records.Count;
        var token = shape.Key(text);
        if (label.TakesIntegers && JsonText.TryReadInteger(token, out var integer))
        {
            records.Add(integer, offset + start);
        }
        else if (label.TryReadKey(token, out var key))
        {
            records.Add(key, offset + start);
        }
        else
        {
            RefuseKey(label, text, start, offset, shape);
            return;
        }

        _runs.Add(label, _arrayIndex, rank, offset + start, offset + end);
        if (label.Observer is not null && problems.Count == 0)
        {
            label.Observer.Observe(rank, shape.Fields(text));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private IndexedLabel? FindLabel(ReadOnlySpan<byte> spelling)
    {
        if (_lastLabel is null || !spelling.SequenceEqual(_lastLabel.Spelling))
        {
            _lastLabel = labels.Find(spelling);
        }

        return _lastLabel;
    }

    private void RefuseLabel(ReadOnlySpan<byte> text, int start, long offset, in RecordShape shape)
    {
        var label = System.Text.Encoding.UTF8.GetString(shape.Label(text));
        problems.Add(
            BackupProblemKind.LabelWithoutDot,
            PlaceOf(text, start, offset, shape) with { Offset = offset + shape.ModelStart, Pointer = $"/{_arrayIndex}/model" },
            BackupErrors.LabelWithoutDot(RecordDefects.Shorten(label)));
    }

    private void RefuseKey(IndexedLabel label, ReadOnlySpan<byte> text, int start, long offset, in RecordShape shape) => problems.Add(
        BackupProblemKind.KeyOfWrongKind,
        PlaceOf(text, start, offset, shape) with { Offset = offset + shape.KeyStart, Pointer = $"/{_arrayIndex}/pk" },
        label.PartKinds is null ? BackupErrors.KeyIsNoKey() : BackupErrors.KeyOfWrongKind(label.Records.Label, label.PartKinds));

    private int Stop(JsonFault fault, long offset, string pointer)
    {
        problems.Add(BackupProblemKind.NotJson, new PlaceRequest(offset, pointer, null, null), BackupErrors.NotJson(fault));
        _state = IndexState.Done;
        return 0;
    }

    private int StopWithin(ReadOnlySpan<byte> text, int start, long offset, in RecordShape shape, int end)
    {
        var isFaulty = end == JsonScanner.Faulty;
        var position = isFaulty ? _scanner.Json.FaultPosition : text.Length;
        var place = PlaceOf(text, start, offset, shape) with
        {
            Offset = offset + position,
            Pointer = PointerTracer.Trace(text[start..], position - start, _arrayIndex),
        };
        problems.Add(
            isFaulty ? BackupProblemKind.NotJson : BackupProblemKind.Truncated,
            place,
            isFaulty ? BackupErrors.NotJson(_scanner.Json.Fault) : BackupErrors.Truncated());
        _state = IndexState.Done;
        return 0;
    }

    private void EndText(long offset)
    {
        if (_state != IndexState.Nothing)
        {
            var message = _state == IndexState.Array ? BackupErrors.BackupIsEmpty() : BackupErrors.Truncated();
            problems.Add(BackupProblemKind.Truncated, new PlaceRequest(offset, string.Empty, null, null), message);
        }

        _state = IndexState.Done;
        _runs.End();
    }

    /// <summary>The record's place, with as much of model and key as was read.</summary>
    private PlaceRequest PlaceOf(ReadOnlySpan<byte> text, int start, long offset, in RecordShape shape)
    {
        var hasLabel = shape.HasModel && text[shape.ModelStart] == (byte)'"';
        var label = hasLabel ? labels.Find(shape.Label(text)) : null;
        var key = label is not null && shape.HasKey && label.TryReadKey(shape.Key(text), out var read)
            ? ShownKey.Of(read, includeValues)
            : null;
        return new PlaceRequest(offset + start, $"/{_arrayIndex}", label?.Records.Label, key);
    }
}
