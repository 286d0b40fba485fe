using System.Buffers.Binary;
using System.Globalization;

namespace Relocation.Testing.Generating;

/// <summary>A value that no other record of the model has: a key of its own, or the distinguishing part of a unique set.</summary>
/// <param name="field">The field.</param>
/// <param name="seed">The field's seed.</param>
/// <param name="first">The first number.</param>
/// <param name="digits">The references of the key whose free part this is: for each combination the numbers start again.</param>
internal sealed class DistinctSource(RelocationField field, ulong seed, long first, Digits? digits = null) : KeySource
{
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly bool _isMoment = field.Type is FieldType.Date or FieldType.DateTime or FieldType.Instant or FieldType.Duration;

    /// <summary>How many values there are, or 0 when the type has no distinct values to offer.</summary>
    internal static long Capacity(RelocationField field) => field.Type switch
    {
        FieldType.Text => UniqueText.Letters(TextLength(field)),
        FieldType.Integer when field.StoreType is "smallint" => short.MaxValue,
        FieldType.Integer when field.StoreType is "integer" => int.MaxValue,
        FieldType.Integer or FieldType.Guid or FieldType.Decimal or FieldType.Real or FieldType.Bytes => long.MaxValue,
        FieldType.DateTime or FieldType.Instant or FieldType.Duration => int.MaxValue,
        FieldType.Date => 2_900_000,
        _ => 0,
    };

    internal override KeyValue? At(long number)
    {
        var rank = digits is null ? number : number % digits.RecordsEach;
        // Dates end sooner than numbers do; within the capacity a remainder stays distinct.
        var count = _isMoment ? (first + rank) % Capacity(field) : first + rank;
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
            _ => Text(UniqueText.OfLetters(count, TextLength(field))),
        };
    }

    private static int TextLength(RelocationField field) => Math.Min(field.MaxLength ?? 8, 8);

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
