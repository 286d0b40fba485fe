using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Modeling;

/// <summary>Which of a field's values its .NET type and its column keep exactly.</summary>
internal sealed class FieldLimits
{
    internal FieldLimits(RelocationField owner)
    {
        Owner = owner;
        var application = Plain(owner.ClrType);
        var stored = Plain(owner.Converter?.ProviderClrType) ?? application;
        (Least, Most) = RangeOf(stored);
        if (IsCast(owner.Converter))
        {
            var (least, most) = RangeOf(application);
            (Least, Most) = (Math.Max(Least, least), Math.Min(Most, most));
            IsUnsignedDecimal = owner.Type == FieldType.Decimal && IsUlong(application);
        }

        IsUnsigned = owner.Type == FieldType.Integer && IsUlong(stored);
        IsSingle = stored == typeof(float) || (stored is null && StoreTypeName.Of(owner.StoreType) == "real");
        var isSqlite = owner.IsSqlite ?? owner.StoreType is "TEXT" or "INTEGER" or "REAL" or "BLOB";
        HoldsNotANumber = !isSqlite;
        (Precision, Scale) = IsUnsignedDecimal ? (20, 0) : owner.Type == FieldType.Decimal ? DigitsOf(owner) : (null, 0);
        if (isSqlite)
        {
            var affinity = AffinityOf(owner.StoreType);
            KeepsNumbers = affinity is Affinity.Integer or Affinity.Real;
            KeepsWholeNumbers = affinity == Affinity.Integer;
        }

        Tick = isSqlite ? 1 : TickOf(owner.StoreType);
    }

    /// <summary>What a column makes of text that looks like a number.</summary>
    private enum Affinity
    {
        None,
        Integer,
        Real,
    }

    /// <summary>The field that these are of; a copy of it has others.</summary>
    internal RelocationField Owner { get; }

    /// <summary>The least whole number.</summary>
    internal long Least { get; }

    /// <summary>The greatest whole number.</summary>
    internal long Most { get; }

    /// <summary>Whether whole numbers have no sign, and 64 bits that a column of signed numbers holds as they are.</summary>
    internal bool IsUnsigned { get; }

    /// <summary>Whether exact numbers are those of 64 bits without a sign.</summary>
    internal bool IsUnsignedDecimal { get; }

    /// <summary>Whether floating-point numbers have four bytes.</summary>
    internal bool IsSingle { get; }

    /// <summary>Whether the column keeps what is no number; SQLite makes null of it.</summary>
    internal bool HoldsNotANumber { get; }

    /// <summary>How many digits exact numbers have at most; null for no limit.</summary>
    internal int? Precision { get; }

    /// <summary>How many of these come after the point.</summary>
    internal int Scale { get; }

    /// <summary>Whether the column makes numbers of texts that look like some.</summary>
    internal bool KeepsNumbers { get; }

    /// <summary>Whether it keeps whole numbers of 64 bits exactly; it makes floating-point numbers of all others.</summary>
    internal bool KeepsWholeNumbers { get; }

    /// <summary>The smallest part of a moment, a time of day or a length of time that the column keeps, in ticks of 100 nanoseconds.</summary>
    internal long Tick { get; }

    /// <summary>Whether a converter does no more than to take a number for one of another type.</summary>
    internal static bool IsCast(ValueConverter? converter) => converter?.GetType() is { IsGenericType: true } type
        && (type.GetGenericTypeDefinition() == typeof(CastingConverter<,>) || type.GetGenericTypeDefinition() == typeof(EnumToNumberConverter<,>));

    internal static Type? Plain(Type? type) => type is null ? null : Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsUlong(Type? type) => type is not null && Type.GetTypeCode(type) == TypeCode.UInt64;

    private static (long Least, long Most) RangeOf(Type? type) => Type.GetTypeCode(type is { IsEnum: true } ? Enum.GetUnderlyingType(type) : type) switch
    {
        TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Byte => (byte.MinValue, byte.MaxValue),
        TypeCode.Int16 => (short.MinValue, short.MaxValue),
        TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => (int.MinValue, int.MaxValue),
        TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
        TypeCode.UInt64 => (0, long.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    /// <summary>What the model says of an exact number's digits, or the column's type in its own words, such as <c>numeric(10,2)</c>.</summary>
    private static (int? Precision, int Scale) DigitsOf(RelocationField field)
    {
        var type = field.StoreType;
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && IsExact(type[..open].Trim()) && type.IndexOf(')', open) is > 0 and var close)
        {
            var facets = type[(open + 1)..close].Split(',', StringSplitOptions.TrimEntries);
            if (int.TryParse(facets[0], out var precision))
            {
                return (precision, facets.Length > 1 && int.TryParse(facets[1], out var scale) ? scale : 0);
            }
        }

        return (field.Precision, field.Scale ?? 0);
    }

    private static bool IsExact(string type) =>
        type.Equals("numeric", StringComparison.OrdinalIgnoreCase) || type.Equals("decimal", StringComparison.OrdinalIgnoreCase)
        || type.Equals("dec", StringComparison.OrdinalIgnoreCase);

    /// <summary>SQLite's own rules, in its own order.</summary>
    private static Affinity AffinityOf(string type)
    {
        bool Has(string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
        return type switch
        {
            _ when Has("INT") => Affinity.Integer,
            _ when Has("CHAR") || Has("CLOB") || Has("TEXT") || Has("BLOB") || type.Length == 0 => Affinity.None,
            _ when Has("REAL") || Has("FLOA") || Has("DOUB") => Affinity.Real,
            _ => Affinity.Integer,
        };
    }

    /// <summary>PostgreSQL keeps microseconds, or less where the type says so: <c>timestamp(3) with time zone</c>.</summary>
    private static long TickOf(string type)
    {
        if (!type.StartsWith("time", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("interval", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        var tick = TimeSpan.TicksPerMicrosecond;
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && open + 1 < type.Length && char.IsAsciiDigit(type[open + 1]))
        {
            for (var digits = type[open + 1] - '0'; digits < 6; digits++)
            {
                tick *= 10;
            }
        }

        return tick;
    }
}
