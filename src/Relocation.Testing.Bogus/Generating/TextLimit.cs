using System.Globalization;

namespace Relocation.Testing.Generating;

/// <summary>How long a field's text may be.</summary>
internal static class TextLimit
{
    /// <summary>The most characters by the model, by the application's type, or by a column type such as <c>varchar(30)</c>.</summary>
    internal static int? Of(RelocationField field)
    {
        var type = field.ClrType is null ? null : Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        var open = field.StoreType.IndexOf('(', StringComparison.Ordinal);
        var close = field.StoreType.IndexOf(')', StringComparison.Ordinal);
        return field.MaxLength
            ?? (type == typeof(char) ? 1
                : open > 0 && close > open && int.TryParse(field.StoreType.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most
                : null);
    }
}
