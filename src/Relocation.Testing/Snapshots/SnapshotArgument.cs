using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Snapshots;

/// <summary>
/// One argument as a name of files shows it. Where another argument could be shown alike, or a file system would take both for one name, the
/// shown form is not exact, and the name needs the whole form in its hash.
/// </summary>
/// <param name="Shown">What people read.</param>
/// <param name="Whole">What no other value has.</param>
/// <param name="IsExact">Whether the shown form says it all.</param>
internal sealed record SnapshotArgument(string Shown, string Whole, bool IsExact)
{
    /// <summary>How an argument is shown.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="declared">The type of its parameter, or null when nobody knows.</param>
    internal static SnapshotArgument Of(object? value, Type? declared)
    {
        if (value is null)
        {
            return new SnapshotArgument("null", "null", true);
        }

        var type = value.GetType();
        var isDeclared = type == (declared is null ? null : Nullable.GetUnderlyingType(declared) ?? declared);
        var invariant = CultureInfo.InvariantCulture;
        return value switch
        {
            string text => Tagged(text.Replace('/', '+'), text, type, IsPlain(text)),
            INamed named => Tagged(named.Name, named.Name, type, isDeclared),
            bool truth => Tagged(truth ? "True" : "False", truth ? "True" : "False", type, true),
            int number => Tagged(number.ToString(invariant), number.ToString(invariant), type, true),
            double number => OfDouble(number, type),
            float number => Number(number.ToString("R", invariant), "f", float.IsFinite(number)),
            decimal number => Number(number.ToString(invariant), "m", true),
            long number => Number(number.ToString(invariant), "l", true),
            uint number => Number(number.ToString(invariant), "u", true),
            ulong number => Number(number.ToString(invariant), "ul", true),
            DateTime moment => Tagged(moment.ToString("yyyy-MM-dd'T'HH-mm-ss", invariant), moment.ToString("O", invariant), type, false),
            DateTimeOffset moment => Tagged(moment.ToString("yyyy-MM-dd'T'HH-mm-ss", invariant), moment.ToString("O", invariant), type, false),
            TimeOnly time => Tagged(time.ToString("HH-mm-ss", invariant), time.ToString("O", invariant), type, false),
            DateOnly day => Tagged(day.ToString("yyyy-MM-dd", invariant), day.ToString("O", invariant), type, isDeclared),
            Guid guid => Tagged(guid.ToString(), guid.ToString(), type, isDeclared),
            Enum constant => Tagged(constant.ToString(), constant.ToString("D"), type, isDeclared && IsOnlyName(constant, type)),
            Type described => Tagged(described.Name, $"{described}, {described.Assembly.GetName().Name}", typeof(Type), false),
            ITuple parts => OfItems(Enumerable.Range(0, parts.Length).Select(at => parts[at]), "(", ")", type, null, false),
            IDictionary pairs => OfItems(pairs.Keys.Cast<object>().SelectMany(key => (object?[])[key, pairs[key]]), "{", "}", type, null, false),
            Array { Rank: 1 } items => OfItems(items.Cast<object?>(), "[", "]", type, type.GetElementType(), isDeclared),
            IEnumerable items => OfItems(items.Cast<object?>(), "[", "]", type, null, false),
            IFormattable formattable => Tagged(formattable.ToString(null, invariant), formattable.ToString(null, invariant), type, false),
            _ => OfObject(Described(value), type),
        };

        // The ending of the literal tells the type where the parameter does not.
        SnapshotArgument Number(string text, string ending, bool isExact) =>
            Tagged(isDeclared ? text.ToLowerInvariant() : text.ToLowerInvariant() + ending, text, type, isExact);
    }

    /// <summary>What an object says of itself, as it says it everywhere: records show their numbers and dates by the thread's culture.</summary>
    private static string Described(object value)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return value.ToString() ?? string.Empty;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static SnapshotArgument OfObject(string text, Type type) => Tagged(text, text, type, false);

    private static SnapshotArgument OfDouble(double number, Type type)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var shown = text.ToLowerInvariant();
        return Tagged(shown.AsSpan().ContainsAny('.', 'e') ? shown : shown + ".0", text, type, double.IsFinite(number));
    }

    private static SnapshotArgument OfItems(IEnumerable<object?> items, string start, string end, Type type, Type? element, bool isExact)
    {
        var parts = items.Select(item => Of(item, element)).ToList();
        var whole = string.Concat(parts.Select(part => $"{part.Whole.Length}:{part.Whole}"));
        return Tagged($"{start}{string.Join(',', parts.Select(part => part.Shown))}{end}", whole, type, isExact && parts.TrueForAll(part => part.IsExact));
    }

    private static SnapshotArgument Tagged(string shown, string whole, Type type, bool isExact) => new(shown, $"{type}:{whole}", isExact);

    /// <summary>
    /// Whether a text is shown like nothing else: letters come first, as they do in no number, and no capitals, which some file systems do not
    /// tell from small ones. Slashes, as in the names of backups in folders, are shown as a plus, which therefore is not plain itself.
    /// </summary>
    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '.' or '-' or '/')
        && text[^1] != '/' && text is not ("null" or "true" or "false") && !SnapshotNameHash.Ends(text);

    /// <summary>Whether an enum's constant has a name, and no other of its type has the same but for capitals.</summary>
    private static bool IsOnlyName(Enum constant, Type type) =>
        Enum.IsDefined(type, constant) && Enum.GetNames(type).Count(name => name.Equals(constant.ToString(), StringComparison.OrdinalIgnoreCase)) == 1;
}
