using System.Globalization;

namespace Relocation.Testing.Generating;

/// <summary>The stored values of fields that have few: enums and flags, and booleans that are stored otherwise.</summary>
internal static class Choices
{
    private const int MostFlags = 6;

    /// <summary>The values, or null when the field is open.</summary>
    internal static IReadOnlyList<object>? Of(RelocationField field)
    {
        var type = field.Converter?.ModelClrType ?? field.ClrType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool) && field.Converter is { } flag)
        {
            return Stored([false, true], flag.ConvertToProvider);
        }

        if (type is not { IsEnum: true })
        {
            return null;
        }

        var values = ValuesOf(type);
        return field.Converter is { } converter
            ? Stored(values, converter.ConvertToProvider)
            : Stored(values, value => field.Type == FieldType.Text ? value?.ToString() : Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    /// <summary>The choices as numbers, or null when they are none.</summary>
    internal static IReadOnlyList<long>? Numbers(IReadOnlyList<object>? choices) =>
        choices is not null && choices.All(choice => choice is bool || Type.GetTypeCode(choice.GetType()) is >= TypeCode.SByte and <= TypeCode.UInt64)
            ? [.. choices.Select(choice => Convert.ToInt64(choice, CultureInfo.InvariantCulture))]
            : null;

    private static List<object> Stored(IEnumerable<object> values, Func<object?, object?> toStored) =>
        [.. values.Select(toStored).OfType<object>().Select(value => value is char letter ? letter.ToString() : value).Distinct()];

    /// <summary>The defined values in their order; of flags, what they make together too.</summary>
    private static IEnumerable<object> ValuesOf(Type type)
    {
        var defined = Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            .Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture)).Distinct().ToList();
        if (type.IsDefined(typeof(FlagsAttribute), inherit: false))
        {
            var bits = defined.Where(value => value > 0 && (value & (value - 1)) == 0).Take(MostFlags).ToList();
            var sums = Enumerable.Range(1, (1 << bits.Count) - 1).Select(mask => bits.Where((_, bit) => (mask >> bit & 1) == 1).Sum());
            defined = [.. defined.Concat(sums).Distinct().Order()];
        }

        return defined.Select(value => Enum.ToObject(type, value));
    }
}
