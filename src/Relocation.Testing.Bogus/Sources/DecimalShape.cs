using System.Globalization;

namespace Relocation.Testing.Sources;

/// <summary>How many digits an exact number has.</summary>
/// <param name="Scale">The digits after the point.</param>
/// <param name="UnitCount">How many values are used, counted in the last digit.</param>
/// <param name="UnitLimit">The largest value that the digits can hold.</param>
internal readonly record struct DecimalShape(byte Scale, long UnitCount, long UnitLimit)
{
    private const int UsualPrecision = 18;
    private const int UsualScale = 2;
    private const int MostWholeDigits = 4;

    /// <summary>Reads the digits from a store type such as <c>numeric(10,2)</c>.</summary>
    internal static DecimalShape Of(RelocationField field)
    {
        var (precision, scale) = (UsualPrecision, UsualScale);
        var open = field.StoreType.IndexOf('(', StringComparison.Ordinal);
        var close = field.StoreType.IndexOf(')', StringComparison.Ordinal);
        if (open > 0 && close > open)
        {
            var parts = field.StoreType[(open + 1)..close].Split(',');
            precision = int.Parse(parts[0], CultureInfo.InvariantCulture);
            scale = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        }

        var digits = Math.Min(Math.Min(precision - scale, MostWholeDigits) + scale, UsualPrecision);
        return new DecimalShape((byte)scale, Power(digits), Power(Math.Min(precision, UsualPrecision)) - 1);
    }

    private static long Power(int digits) => Enumerable.Repeat(10L, digits).Aggregate(1L, (power, ten) => power * ten);
}
