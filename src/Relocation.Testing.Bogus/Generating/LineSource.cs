using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;

namespace Relocation.Testing.Generating;

/// <summary>A number, boolean, date or time, chosen straight by hash, as Bogus takes longer.</summary>
internal sealed class LineSource(
    RelocationField field, NumberLine line, LineDomain usual, ulong seed, NullRule nulls, CheckGroup? group, ConverterProbe? probe)
    : ValueSource
{
    private Func<string, LineSource>? _find;

    /// <summary>Lets the source see those of the fields that checks compare its own with.</summary>
    internal void Connect(Func<string, LineSource> find) => _find = find;

    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        if (UnitsAt(number) is { } units)
        {
            line.Write(writer, units);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private long? UnitsAt(long number)
    {
        var hash = StableHash.At(seed, number);
        var domain = nulls.DomainAt(number);
        if (nulls.IsNull(domain, hash))
        {
            return null;
        }

        var (least, other) = (long.MinValue, (long?)null);
        if (domain is not null && group!.At(number) is { HasRelations: true } branch)
        {
            foreach (var (lower, distance) in branch.Below(field.Name))
            {
                least = _find!(lower).UnitsAt(number) is { } below ? Math.Max(least, below + distance) : least;
            }

            other = branch.Unequal(field.Name) is { } different ? _find!(different).UnitsAt(number) : null;
        }

        var numbers = domain?.Line ?? usual;
        var chosen = StableHash.Next(hash);
        return probe is null
            ? numbers.Choose(chosen, least, other)
            : (long)probe.Choose(chosen, at => numbers.Choose(at, least, other), units => line.Stored((long)units));
    }
}
