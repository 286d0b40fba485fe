using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>Invents values by a field's type; numbers and dates come straight from the hash, as Bogus takes longer.</summary>
internal sealed class TypedValues(DateOnly referenceDate)
{
    private const long DaysBack = 5 * 365;

    private readonly DateTime _until = referenceDate.ToDateTime(TimeOnly.MinValue);

    internal InventedValue For(RelocationEntity entity, RelocationField field) => (field.Encoding, field.Type) switch
    {
        (FieldEncoding.DecimalText, _) => DecimalText(NumberRange.Of(field)),
        (FieldEncoding.JsonText, _) => InText(SmallObject),
        (FieldEncoding.ListText, _) => InText(SmallList),
        (_, FieldType.Text) => Text(field, TextByName.For(entity, field)),
        (_, FieldType.Integer) => Integer(NumberRange.Of(field)),
        (_, FieldType.Boolean) => static (writer, _, hash) => writer.WriteBooleanValue((hash & 1) == 0),
        (_, FieldType.Real) => Real(NumberRange.Of(field)),
        (_, FieldType.Decimal) => Exact(DecimalShape.Of(field)),
        (_, FieldType.Bytes) => static (writer, _, hash) => WriteBytes(writer, hash),
        (_, FieldType.Guid) => static (writer, _, hash) => WriteGuid(writer, hash),
        (_, FieldType.DateTime) => Moment("yyyy-MM-dd'T'HH:mm:ss.fff"),
        (_, FieldType.Instant) => Moment("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
        (_, FieldType.Date) => Moment("yyyy-MM-dd"),
        (_, FieldType.Time) => Moment("HH:mm:ss"),
        (_, FieldType.Duration) => static (writer, _, hash) => writer.WriteStringValue(
            TimeSpan.FromSeconds(StableHash.Below(hash, 90 * 86_400)).ToString("c", CultureInfo.InvariantCulture)),
        (_, FieldType.Array) => static (writer, faker, hash) => SmallList(writer, faker, hash),
        _ => static (writer, faker, hash) => SmallObject(writer, faker, hash),
    };

    private static InventedValue Text(RelocationField field, Func<Faker, string> text) => (writer, faker, hash) =>
    {
        faker.Random = new Randomizer((int)hash);
        writer.WriteStringValue(UniqueText.Cut(text(faker), field.MaxLength));
    };

    private static InventedValue Integer(NumberRange range) =>
        (writer, _, hash) => writer.WriteNumberValue(range.Least + StableHash.Below(hash, range.Count));

    private static InventedValue DecimalText(NumberRange range) => (writer, _, hash) =>
        writer.WriteStringValue((range.Least + StableHash.Below(hash, range.Count)).ToString(CultureInfo.InvariantCulture));

    private static InventedValue Real(NumberRange range) => (writer, _, hash) =>
        writer.WriteNumberValue((range.Least * 100 + StableHash.Below(hash, range.Count * 100)) / 100.0);

    private static InventedValue Exact(DecimalShape shape) => (writer, _, hash) =>
    {
        var units = StableHash.Below(hash, shape.UnitCount);
        writer.WriteNumberValue(new decimal((int)units, (int)(units >> 32), 0, false, shape.Scale));
    };

    private static InventedValue InText(InventedValue value) => (writer, faker, hash) =>
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var inner = new Utf8JsonWriter(buffer))
        {
            value(inner, faker, hash);
        }

        writer.WriteStringValue(buffer.WrittenSpan);
    };

    private static void SmallObject(Utf8JsonWriter writer, Faker faker, ulong hash)
    {
        faker.Random = new Randomizer((int)hash);
        writer.WriteStartObject();
        writer.WriteString("name", faker.Lorem.Word());
        writer.WriteNumber("size", faker.Random.Int(0, 500));
        writer.WriteBoolean("active", faker.Random.Bool());
        writer.WriteEndObject();
    }

    private static void SmallList(Utf8JsonWriter writer, Faker faker, ulong hash)
    {
        faker.Random = new Randomizer((int)hash);
        writer.WriteStartArray();
        for (var left = (hash >> 32) % 4; left > 0; left--)
        {
            writer.WriteStringValue(faker.Lorem.Word());
        }

        writer.WriteEndArray();
    }

    private static void WriteBytes(Utf8JsonWriter writer, ulong hash)
    {
        Span<byte> bytes = stackalloc byte[24];
        for (var start = 0; start < bytes.Length; start += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[start..], hash);
            hash = StableHash.Next(hash);
        }

        writer.WriteBase64StringValue(bytes[..(int)(1 + (hash % 24))]);
    }

    private static void WriteGuid(Utf8JsonWriter writer, ulong hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, hash);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], StableHash.Next(hash));
        writer.WriteStringValue(new Guid(bytes, bigEndian: true));
    }

    private InventedValue Moment(string format) => (writer, _, hash) =>
    {
        Span<char> text = stackalloc char[32];
        var moment = _until.AddMilliseconds(-1 - StableHash.Below(hash, DaysBack * 86_400_000));
        moment.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    };
}
