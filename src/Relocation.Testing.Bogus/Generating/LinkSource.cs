using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>
/// The keys of a many-to-many relation: of the combinations that no record of the join table has, those of the record. Where both
/// sides hold keys, they take turns.
/// </summary>
internal sealed class LinkSource(RelocationChild member, ModelGenerator owner, RecordPool target, ulong seed) : ValueSource
{
    private const int MostKeys = 3;

    private Digits? _digits;
    private int _place;
    private Func<long> _taken = () => 0;
    private (int Index, int Count) _side;

    internal RelocationChild Member => member;

    internal ModelGenerator Owner => owner.Root;

    internal RecordPool Target => target;

    /// <summary>The fields of the join table that hold the keys.</summary>
    internal RelocationReference Reference => member.Rows.References[0];

    /// <summary>Whether a row of the join table needs nothing but the two keys.</summary>
    internal bool IsComplete => Reference.TargetFields.Count == 0 && !member.Rows.Fields.Any(column =>
        column is { IsInBackup: true, IsNullable: false, Default: null } && column.Name != member.Number
        && !member.OwnerFields.Contains(column.Name) && !Reference.Fields.Contains(column.Name));

    /// <summary>Says which pairs there are; without, lists are empty.</summary>
    /// <param name="digits">All pairs.</param>
    /// <param name="place">The owner's place in a pair.</param>
    /// <param name="taken">How many of them, from the first, are records of the join table.</param>
    /// <param name="side">Which of several members that hold keys of the same table this is.</param>
    internal void Connect(Digits digits, int place, Func<long> taken, (int Index, int Count) side) =>
        (_digits, _place, _taken, _side) = (digits, place, taken, side);

    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        writer.WriteStartArray();
        var own = _digits?.Pool(_place).PlaceOf(number) ?? -1;
        if (own >= 0 && target.Count is > 0 and var count)
        {
            var first = StableHash.Below(StableHash.At(seed, number), count);
            for (var step = 0; step < Math.Min(MostKeys, count); step++)
            {
                var other = (first + step) % count;
                var pair = _place == 0 ? _digits!.PairOf(own, other) : _digits!.PairOf(other, own);
                if (pair >= _taken() && pair % _side.Count == _side.Index)
                {
                    target.Model.WriteKey(writer, faker, target.NumberAt(other));
                }
            }
        }

        writer.WriteEndArray();
    }
}
