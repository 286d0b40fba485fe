using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>Writes whatever an option or a model is made of as text, which changes when the value does.</summary>
/// <remarks>
/// Objects of this library are read field by field, so that nothing that is added to one can be forgotten here. Of a delegate its code counts, and
/// what it has captured as far as that are plain values; of one that an expression was compiled to what it has captured alone; of other people's
/// objects their type. Only collections that hold their elements are gone through: a query would run, and a sequence may never end.
/// </remarks>
internal sealed class DescribedValue
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly StringBuilder _text = new();
    private readonly Dictionary<object, int> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The text of one value.</summary>
    internal static string Of(object? value)
    {
        var described = new DescribedValue();
        described.Add(value);
        return described._text.ToString();
    }

    /// <summary>What tells a rule from others of its type: its own word, or else the plain values that it was made with and that stay.</summary>
    internal static string Of(object rule, string? fingerprint) => $"{rule.GetType().FullName} {fingerprint ?? string.Join(
        ' ', FieldsOf(rule.GetType()).Where(IsGivenOnce).Select(field => Plain(field, field.GetValue(rule))))}";

    /// <summary>The members of an object of this library: names without what the compiler puts around them, and values.</summary>
    internal static IEnumerable<(string Name, object? Value)> Members(object value) =>
        FieldsOf(value.GetType()).Select(field => (NameOf(field), field.GetValue(value)));

    private static string NameOf(FieldInfo field)
    {
        var name = field.Name;
        var end = name.IndexOf('>', StringComparison.Ordinal);
        return name.StartsWith('<') && end > 0 ? name[1..end] : name;
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (var field in at.GetFields(OwnFields).Where(field => !field.IsDefined(typeof(WorkedOutAttribute), inherit: false)).OrderBy(field => field.Name, StringComparer.Ordinal))
            {
                yield return field;
            }
        }
    }

    /// <summary>Parameters of primary constructors that the compiler keeps are not marked as read-only, but seldom change.</summary>
    private static bool IsGivenOnce(FieldInfo field) => field.IsInitOnly || field.Name.EndsWith(">P", StringComparison.Ordinal);

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                Write("null");
                break;
            case Type type:
                Write(type.FullName ?? type.Name);
                break;
            case Delegate code:
                AddCode(code);
                break;
            case RecordRule rule:
                Write(Of(rule, rule.Fingerprint));
                break;
            case ImportRule rule:
                Write(Of(rule, rule.Fingerprint));
                break;
            case PrimaryKeyMap map:
                AddMap(map);
                break;
            case ValueConverter converter:
                Write($"{converter.GetType().FullName} {converter.ConvertToProviderExpression} {converter.ConvertFromProviderExpression}");
                break;
            case IDictionary dictionary:
                AddSorted('{', dictionary.Keys.Cast<object>().Select(key => (object)(Of(key), Of(dictionary[key]))));
                break;
            case IEnumerable elements and not string when IsCollection(elements):
                AddAll(elements);
                break;
            default:
                AddObject(value);
                break;
        }
    }

    private static bool IsCollection(IEnumerable values) =>
        values is ICollection || Implements(values, typeof(ICollection<>)) || Implements(values, typeof(IReadOnlyCollection<>));

    private static bool Implements(object value, Type definition) =>
        Array.Exists(value.GetType().GetInterfaces(), each => each.IsGenericType && each.GetGenericTypeDefinition() == definition);

    private void AddAll(IEnumerable values)
    {
        if (Implements(values, typeof(IReadOnlySet<>)) || Implements(values, typeof(ISet<>)) || Implements(values, typeof(IReadOnlyDictionary<,>)))
        {
            AddSorted('{', values.Cast<object?>());
            return;
        }

        _text.Append('[');
        foreach (var value in values)
        {
            Add(value);
        }

        _text.Append(']');
    }

    /// <summary>Dictionaries and sets have no order of their own.</summary>
    private void AddSorted(char begin, IEnumerable<object?> values)
    {
        _text.Append(begin);
        foreach (var text in values.Select(Of).Order(StringComparer.Ordinal))
        {
            Write(text);
        }

        _text.Append('}');
    }

    private void AddObject(object value)
    {
        var type = value.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(KeyValuePair<,>) || definition.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)))
        {
            AddMembers(value);
        }
        else if (type.IsEnum || type.Assembly != typeof(DescribedValue).Assembly)
        {
            Write(IsPlain(type) ? $"{type.Name} {Convert.ToString(value, CultureInfo.InvariantCulture)}" : type.FullName ?? type.Name);
        }
        else if (type.IsValueType)
        {
            AddMembers(value);
        }
        else if (_known.TryGetValue(value, out var number))
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"#{number}"));
        }
        else
        {
            _known.Add(value, _known.Count);
            AddMembers(value);
        }
    }

    private void AddMembers(object value)
    {
        _text.Append('(');
        foreach (var (name, member) in Members(value))
        {
            Write(name);
            Add(member);
        }

        _text.Append(')');
    }

    private void AddMap(PrimaryKeyMap map)
    {
        foreach (var mapping in map.Entries)
        {
            Write($"{mapping.Model} {mapping.Old} {mapping.New} {mapping.Kind}");
        }
    }

    private void AddCode(Delegate code)
    {
        foreach (var part in code.GetInvocationList())
        {
            Write(CodeOf(part));
            foreach (var field in part.Target is { } target ? FieldsOf(target.GetType()) : [])
            {
                Write(Plain(field, field.GetValue(part.Target)));
            }
        }
    }

    /// <summary>Methods that were made at run time belong to no type, have another name each time, and do not give their code away.</summary>
    private static string CodeOf(Delegate part) => part.Method.DeclaringType is not { } type
        ? part.GetType().ToString()
        : $"{type.FullName} {part.Method} {Convert.ToHexStringLower(SHA256.HashData(part.Method.GetMethodBody()?.GetILAsByteArray() ?? []))}";

    /// <summary>A value, or list of values, that says the same in every process; nothing of anything else, whether it is there or not.</summary>
    private static string Plain(FieldInfo field, object? value) => $"{NameOf(field)}={value switch
    {
        null => string.Empty,
        Type or string or IDictionary => Of(value),
        _ when IsPlain(value) => Of(value),
        _ => string.Empty,
    }}";

    private static bool IsPlain(object? value) => value switch
    {
        null or string => true,
        IEnumerable values => IsCollection(values) && values.Cast<object?>().All(IsPlain),
        _ => IsPlain(value.GetType()),
    };

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid) || type == typeof(DateTime)
        || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type == typeof(Uri)
        || type == typeof(ModelLabel);

    /// <summary>Each part has its length before it, so that no two lists of parts read the same.</summary>
    private void Write(string text) => _text.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text};");
}
