using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Finds stored values that the application's converter turns into an object and back.</summary>
internal sealed class ConverterProbe
{
    private const int Tries = 16;

    private static readonly Func<ulong, object>[] Texts =
    [
        static hash => StableHash.Below(hash, 100).ToString(CultureInfo.InvariantCulture),
        static hash => $"https://example.com/{hash:x8}",
        static hash => new Guid((int)hash, 0x40, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString(),
        static hash => $"192.0.2.{StableHash.Below(hash, 256)}",
        static hash => $"1.{StableHash.Below(hash, 10)}.{StableHash.Below(StableHash.Next(hash), 10)}",
        static hash => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(StableHash.Below(hash, 2_000))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        static hash => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(StableHash.Below(hash, 2_000))
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        static hash => TimeSpan.FromSeconds(StableHash.Below(hash, 86_400)).ToString("c", CultureInfo.InvariantCulture),
        static hash => $"[\"a{StableHash.Below(hash, 100)}\"]",
        static hash => $"[{StableHash.Below(hash, 100)}]",
        static hash => $"{{\"a\":\"{StableHash.Below(hash, 100)}\"}}",
        static hash => $"{{\"a\":{StableHash.Below(hash, 100)}}}",
        static hash => StableHash.Below(hash, 2) == 0 ? "en-US" : "de-DE",
        static hash => ((char)('A' + StableHash.Below(hash, 26))).ToString(),
        static hash => StableHash.Below(hash, 2) == 0 ? "True" : "False",
        static _ => "{}",
        static _ => "[]",
        static _ => string.Empty,
    ];

    private readonly ValueConverter _converter;
    private readonly Type _stored;
    private Func<ulong, object>? _fallback;

    private ConverterProbe(ValueConverter converter)
    {
        _converter = converter;
        _stored = Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType;
    }

    /// <summary>The probe of a field, or null when any stored value of the field's type will do.</summary>
    internal static ConverterProbe? Of(RelocationField field) =>
        field.Converter is { } converter && Choices.Of(field) is null ? new ConverterProbe(converter) : null;

    /// <summary>Whether the first values of a kind are all accepted.</summary>
    internal bool AcceptsAll(Func<ulong, object> make, Func<object, object> toStored) =>
        Enumerable.Range(0, Tries).All(number => Accepts(toStored(make(StableHash.At(0, number)))));

    /// <summary>Finds values for the case that invented ones are not accepted; false when there are none.</summary>
    internal bool Prepare(Func<ulong, object> make, Func<object, object> toStored)
    {
        if (Enumerable.Range(0, Tries).Select(number => make(StableHash.At(1, number))).FirstOrDefault(value => Accepts(toStored(value))) is { } usual)
        {
            _fallback = _ => usual;
            return true;
        }

        _fallback = _stored == typeof(string)
            ? Texts.FirstOrDefault(text => AcceptsAll(text, static value => value))
            : null;
        if (_fallback is null && Default() is { } value && _stored == typeof(string))
        {
            _fallback = _ => value;
        }

        return _fallback is not null;
    }

    /// <summary>The first accepted value of a hash's sequence.</summary>
    internal object Choose(ulong hash, Func<ulong, object> make, Func<object, object> toStored)
    {
        var at = hash;
        for (var tries = 0; tries < Tries; tries++)
        {
            var value = make(at);
            if (Accepts(toStored(value)))
            {
                return value;
            }

            at = StableHash.Next(at);
        }

        return _fallback!(hash);
    }

    private bool Accepts(object stored)
    {
        try
        {
            var provided = stored.GetType() == _stored ? stored : Convert.ChangeType(stored, _stored, CultureInfo.InvariantCulture);
            var back = _converter.ConvertToProvider(_converter.ConvertFromProvider(provided));
            return provided is byte[] bytes ? back is byte[] other && bytes.AsSpan().SequenceEqual(other) : Equals(provided, back);
        }
        catch (Exception)
        {
            // A user's converter says in any way it likes that a value is none of its own.
            return false;
        }
    }

    private object? Default()
    {
        try
        {
            var type = _converter.ModelClrType;
            return _converter.ConvertToProvider(Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type));
        }
        catch (Exception)
        {
            return null;
        }
    }
}
