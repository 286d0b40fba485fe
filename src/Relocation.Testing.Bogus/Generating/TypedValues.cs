using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Invents values of the types that are neither text nor numbers in a row: bytes, Guids, lists and JSON.</summary>
internal sealed class TypedValues(DateOnly referenceDate)
{
    private const int PairLength = 2;

    internal InventedValue For(RelocationEntity entity, RelocationField field) => (field.Encoding, field.Type) switch
    {
        (FieldEncoding.JsonText, _) => InText(SmallObject),
        (FieldEncoding.ListText or FieldEncoding.PythonListText, _) => InText(ListOf(entity, field)),
        (_, FieldType.Bytes) => WriteBytes,
        (_, FieldType.Guid) => static (writer, _, hash) => writer.WriteStringValue(GuidOf(hash)),
        (_, FieldType.Array) => ListOf(entity, field),
        _ when field.Element is not null => ListOf(entity, field),
        _ when field.Members.Count > 0 => ObjectOf(entity, field),
        _ when field.StoreType.Trim().Equals("hstore", StringComparison.OrdinalIgnoreCase) => SmallDictionary,
        _ => SmallObject,
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

    /// <summary>An object of texts and nulls, as a dictionary of strings is.</summary>
    private static void SmallDictionary(Utf8JsonWriter writer, Faker faker, ulong hash)
    {
        faker.Random = new Randomizer((int)hash);
        writer.WriteStartObject();
        writer.WriteString("name", faker.Lorem.Word());
        if (hash % 2 == 0)
        {
            writer.WriteNull("note");
        }

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

    private static void WriteBytes(Utf8JsonWriter writer, Faker faker, ulong hash) => writer.WriteBase64StringValue(BytesOf(hash));

    private static byte[] BytesOf(ulong hash)
    {
        var bytes = new byte[24];
        var length = 0;
        for (var start = 0; start < bytes.Length; start += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(start), hash);
            hash = StableHash.Next(hash);
            length = (int)(1 + (hash % 24));
        }

        return bytes[..length];
    }

    private static Guid GuidOf(ulong hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, hash);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], StableHash.Next(hash));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A list of up to three items, or of two where lists are within lists, as all of those have one length.</summary>
    private InventedValue ListOf(RelocationEntity entity, RelocationField field)
    {
        if (field.Element is not { } element)
        {
            return SmallList;
        }

        var isNative = field.StoreType.TrimEnd().EndsWith("[]", StringComparison.Ordinal);
        var item = Item(entity, element, isNative);
        var isNested = element.Type == FieldType.Array;
        return (writer, faker, hash) =>
        {
            writer.WriteStartArray();
            var at = hash;
            for (var left = isNested ? PairLength : (int)((hash >> 32) % 4); left > 0; left--)
            {
                at = StableHash.Next(at);
                item(writer, faker, at);
            }

            writer.WriteEndArray();
        };
    }

    private InventedValue Item(RelocationEntity entity, RelocationField element, bool isNative) => element switch
    {
        { Type: FieldType.Array, Element: { } inner } => (writer, faker, hash) =>
        {
            writer.WriteStartArray();
            Item(entity, inner, isNative)(writer, faker, hash);
            Item(entity, inner, isNative)(writer, faker, StableHash.Next(hash));
            writer.WriteEndArray();
        },
        { Members.Count: > 0 } or { Type: FieldType.Json } => For(entity, element),
        _ => Scalar(entity, element, isNative),
    };

    private InventedValue ObjectOf(RelocationEntity entity, RelocationField field)
    {
        var members = field.Members.Select(member => (
            Name: JsonEncodedText.Encode(member.Name),
            Seed: StableHash.Of(0, member.Name),
            member.IsNullable,
            Write: member.Type is FieldType.Array or FieldType.Json ? For(entity, member) : Scalar(entity, member, isNative: false))).ToList();
        return (writer, faker, hash) =>
        {
            const ulong NullEvery = 6;
            writer.WriteStartObject();
            foreach (var (name, seed, isNullable, write) in members)
            {
                // Each member follows from its own name, so that a new one changes no other.
                var own = StableHash.At(hash, (long)seed);
                writer.WritePropertyName(name);
                if (isNullable && own % NullEvery == 0)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    write(writer, faker, StableHash.Next(own));
                }
            }

            writer.WriteEndObject();
        };
    }

    /// <summary>A value within JSON, in the form in which the application reads it there.</summary>
    private InventedValue Scalar(RelocationEntity entity, RelocationField field, bool isNative)
    {
        var probe = ConverterProbe.Of(field);
        var make = Maker(entity, field);
        _ = probe?.Prepare(hash => make(new Faker(), hash), static value => value);
        return (writer, faker, hash) =>
        {
            var value = probe is null ? make(faker, hash) : probe.Choose(hash, at => make(faker, at), static stored => stored);
            if (!isNative && field.JsonForm is { } form && ApplicationValue.Of(field, value) is { } own)
            {
                form.ToJson(writer, own);
            }
            else
            {
                StoredJson.Write(writer, value);
            }
        };
    }

    private Func<Faker, ulong, object> Maker(RelocationEntity entity, RelocationField field)
    {
        var choices = Choices.Of(field);
        if (choices is { Count: > 0 })
        {
            return (_, hash) => choices[(int)StableHash.Below(hash, choices.Count)];
        }

        if (NumberLine.Of(field, referenceDate) is { } line)
        {
            var numbers = new FieldDomain(line, isText: false, maxLength: null, only: null);
            _ = numbers.Settle(isNullable: false);
            return (_, hash) => line.Stored(numbers.Choose(hash, draw: 0));
        }

        var text = TextByName.For(entity, field);
        return field.Type switch
        {
            FieldType.Guid => static (_, hash) => GuidOf(hash),
            FieldType.Bytes => static (_, hash) => BytesOf(hash),
            _ => (faker, hash) =>
            {
                faker.Random = new Randomizer((int)hash);
                return UniqueText.Cut(text(faker), TextLimit.Of(field));
            },
        };
    }
}
