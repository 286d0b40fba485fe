using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A number, boolean, date or time, chosen straight by hash, as Bogus takes longer.</summary>
internal sealed class LineSource(FieldDomain domain, ulong seed, NullRule nulls, ConverterProbe? probe) : ValueSource
{
    private readonly NumberLine _line = domain.Line!;

    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        if (UnitsAt(number) is { } units)
        {
            _line.Write(writer, units);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    internal override object? Read(Faker faker, long number) => UnitsAt(number) is { } units ? _line.Stored(units) : null;

    private long? UnitsAt(long number)
    {
        var at = nulls.At(seed, number);
        if (nulls.IsNull(at))
        {
            return null;
        }

        var chosen = StableHash.Next(at.Hash);
        return probe is null
            ? domain.Choose(chosen, at.Draw)
            : (long)probe.Choose(chosen, hash => domain.Choose(hash, at.Draw), units => _line.Stored((long)units));
    }
}
