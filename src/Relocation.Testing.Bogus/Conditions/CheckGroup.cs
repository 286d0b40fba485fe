using Bogus;
using Relocation.Testing.Requests;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Conditions;

/// <summary>
/// Conditions that share fields. A record's values are drawn until all hold: fields of conditions that do not are drawn
/// again, and the number of that draw, 0 for the first, is what a source makes the value from. The fields of a unit, as
/// a reference is, share it.
/// </summary>
internal sealed class CheckGroup
{
    private const int MostDraws = 2_000;

    private readonly Lock _lock = new();
    private readonly RelocationEntity _entity;
    private readonly IReadOnlyList<CheckPart> _parts;
    private readonly Func<string, string> _unitOf;
    private readonly List<string> _units;
    private readonly ulong _seed;
    private Func<object?[], bool[]> _judge = null!;
    private Func<string, long, object?> _read = null!;
    private (long Number, int[] Draws) _record = (-1, []);

    internal CheckGroup(RelocationEntity entity, IReadOnlyList<CheckPart> parts, Func<string, string> unitOf, ulong seed)
    {
        (_entity, _parts, _unitOf, _seed) = (entity, parts, unitOf, seed);
        Fields = [.. parts.SelectMany(part => part.Fields).Distinct()];
        _units = [.. Fields.Select(unitOf).Distinct()];
    }

    /// <summary>The fields that the conditions speak of.</summary>
    internal IReadOnlyList<string> Fields { get; }

    /// <summary>The values that the conditions speak of.</summary>
    internal IEnumerable<object> Values => _parts.SelectMany(part => part.Values);

    /// <summary>Lets the group see the fields' values. Returns a condition that cannot be met, or null.</summary>
    internal CheckPart? Connect(CheckDatabase database, Func<string, ValueSource?> sourceOf, Faker faker)
    {
        var columns = ConditionReader.FieldsOf(_entity).Select(field => field.Name).ToList();
        _judge = database.Prepare([.. Fields.Select(field => columns.IndexOf(field))], _parts);
        var sources = Fields.ToDictionary(field => field, sourceOf);
        lock (_lock)
        {
            _read = (field, number) => sources[field]?.Imagine(faker, number);
            var failed = Enumerable.Range(0, 8).Select(number => Draw(number, isForAll: true)).OfType<CheckPart>().FirstOrDefault();
            _read = (field, number) => sources[field]?.Read(faker, number);
            _record = (-1, []);
            return failed;
        }
    }

    /// <summary>Which draw of a field makes the record meet the conditions.</summary>
    internal int DrawAt(string field, long number)
    {
        lock (_lock)
        {
            if (number != _record.Number && Draw(number) is { } failed)
            {
                throw Errors.CheckNotMet(_entity, failed.Check, number);
            }

            return _record.Draws[IndexOf(field)];
        }
    }

    /// <summary>How many of so many records can meet the conditions. Where one cannot, those after it cannot either.</summary>
    internal long Capacity(long count)
    {
        lock (_lock)
        {
            if (count == 0 || (Draw(0) is null && Draw(count - 1) is null))
            {
                return long.MaxValue;
            }

            var (can, cannot) = (0L, count);
            for (var middle = 1L; cannot - can > 1; middle = can + ((cannot - can) / 2))
            {
                (can, cannot) = Draw(middle - 1) is null ? (middle, cannot) : (can, middle);
            }

            return can;
        }
    }

    /// <summary>Finds the draws of a record; returns a condition that cannot be met, or null.</summary>
    /// <param name="number">The record.</param>
    /// <param name="isForAll">
    /// Only conditions of all records count. If those of records beyond the combinations cannot be met, there are no such records.
    /// </param>
    private CheckPart? Draw(long number, bool isForAll = false)
    {
        var (draws, row, hash) = (new int[_units.Count], new object?[Fields.Count], StableHash.At(_seed, number));
        for (var draw = 1; ; draw++)
        {
            for (var index = 0; index < row.Length; index++)
            {
                // A reference may read another record, whose draws take the place of these.
                _record = (number, draws);
                row[index] = _read(Fields[index], number);
            }

            _record = (number, draws);
            var isFalse = _judge(row);
            var failed = _parts.Where((part, index) => isFalse[index] && !(part.Beyond is { } most && (isForAll || number < most()))).ToList();
            if (failed.Count == 0)
            {
                return null;
            }

            var chosen = failed[(int)StableHash.Below(hash = StableHash.Next(hash), failed.Count)];
            if (draw == MostDraws)
            {
                _record = (-1, []);
                return chosen;
            }

            draws[IndexOf(chosen.Fields[(int)StableHash.Below(StableHash.Next(hash), chosen.Fields.Count)])] = draw;
        }
    }

    private int IndexOf(string field) => _units.IndexOf(_unitOf(field));
}
