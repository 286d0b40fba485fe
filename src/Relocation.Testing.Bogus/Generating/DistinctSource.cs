using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A value that no other record of the model has: a key of its own, or the distinguishing part of a unique set.</summary>
/// <param name="field">The field.</param>
/// <param name="domain">What checks and types leave.</param>
/// <param name="seed">The field's seed.</param>
/// <param name="first">The first number.</param>
/// <param name="digits">The references of the key whose free part this is: for each combination the numbers start again.</param>
/// <param name="nulls">Decides of values that are drawn again until checks are met whether they are null; without, none is.</param>
internal sealed class DistinctSource(
    RelocationField field, FieldDomain domain, ulong seed, long first, Digits? digits, NullRule? nulls = null) : ValueSource
{
    private const long LastDay = 2_900_000;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly bool _isMoment = field.Type is FieldType.Date or FieldType.DateTime or FieldType.Instant or FieldType.Duration;

    private readonly long _first = FirstOf(field, domain, first);

    /// <summary>How many values there are, or 0 when the type has no distinct values to offer.</summary>
    internal long Capacity => @field.Type switch
    {
        FieldType.Text => domain.IsText ? UniqueText.Letters(domain.LettersLength) : 0,
        FieldType.Integer => (long)Int128.Min(long.MaxValue, Int128.Max(0, (Int128)domain.Most - _first + 1)),
        FieldType.Guid or FieldType.Decimal or FieldType.Real or FieldType.Bytes => long.MaxValue,
        FieldType.DateTime or FieldType.Instant or FieldType.Duration => int.MaxValue,
        FieldType.Date => LastDay,
        _ => 0,
    };

    internal KeyValue At(long number)
    {
        var rank = digits is null ? number : number % digits.RecordsEach;
        // Dates end sooner than numbers do; within the capacity a remainder stays distinct.
        var count = _isMoment ? (_first + rank) % Capacity : _first + rank;
        return field.Type switch
        {
            FieldType.Integer when field.Encoding == FieldEncoding.DecimalText => Text(count.ToString(CultureInfo.InvariantCulture)),
            FieldType.Integer or FieldType.Decimal or FieldType.Real => new KeyValue(count, null),
            FieldType.Guid => Text(GuidAt(rank).ToString()),
            FieldType.Bytes => Text(Convert.ToBase64String(BitConverter.GetBytes(BitConverter.IsLittleEndian ? count : Swapped(count)))),
            FieldType.DateTime => Text(Epoch.AddSeconds(count).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            FieldType.Instant => Text(Epoch.AddSeconds(count).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            FieldType.Date => Text(Epoch.AddDays(count).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            FieldType.Duration => Text(TimeSpan.FromSeconds(count).ToString("c", CultureInfo.InvariantCulture)),
            _ => Text(domain.OfLetters(count)),
        };
    }

    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        if (nulls?.At(seed, number) is { Draw: > 0 } at && nulls.IsNull(at))
        {
            writer.WriteNullValue();
        }
        else
        {
            At(number).Write(writer);
        }
    }

    private static long FirstOf(RelocationField field, FieldDomain domain, long first) =>
        field.Type == FieldType.Integer ? Math.Max(first, domain.Least) : first;

    private static long Swapped(long value) => BinaryPrimitives.ReverseEndianness(value);

    private static KeyValue Text(string text) => new(0, text);

    private Guid GuidAt(long number)
    {
        var high = StableHash.At(seed, number);
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), StableHash.Next(high));
        // Marked as random (version 4, variant 1), as those of applications are.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
