using System.Collections;
using System.Globalization;
using System.Reflection;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Specification.Importing;

/// <summary>A result in which every member has a value of its own, so that what is forgotten of it is missed.</summary>
public sealed class FilledResult
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private int _number;

    /// <summary>Makes one; what is not worked out of the backup has to be given.</summary>
    public static ImportResult Of(ImportPlan plan)
    {
        var result = (ImportResult)new FilledResult().Make(typeof(ImportResult));
        result.Plan = plan;
        return result;
    }

    /// <summary>Everything that a value says: a path of members, and what stands there.</summary>
    public static IEnumerable<(string Path, object? Value)> Leaves(object? value, string path = "")
    {
        switch (value)
        {
            case ImportPlan:
                break;
            case PrimaryKeyMap map:
                yield return (path, map.ToSnapshot());
                break;
            case null or string or ModelLabel or RecordKey or bool or Enum or int or long:
                yield return (path, value);
                break;
            case IEnumerable list:
                foreach (var leaf in list.Cast<object>().SelectMany((item, index) => Leaves(item, $"{path}[{index}]")))
                {
                    yield return leaf;
                }

                break;
            default:
                foreach (var leaf in value.GetType().GetProperties().SelectMany(property => Leaves(property.GetValue(value), $"{path}.{property.Name}")))
                {
                    yield return leaf;
                }

                break;
        }
    }

    private object Make(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var number = ++_number;
        return type switch
        {
            _ when type == typeof(string) => string.Create(CultureInfo.InvariantCulture, $"text{1000 + number}"),
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 1000 + number,
            _ when type == typeof(long) => (long)(1000 + number),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ when type == typeof(ModelLabel) => ModelLabel.Parse($"made.model{1000 + number}"),
            _ when type == typeof(RecordKey) => RecordKey.From($"key{1000 + number}"),
            _ when type == typeof(PrimaryKeyMap) => Map(number),
            _ when type.IsGenericType => List(type.GetGenericArguments()[0]),
            _ => Composed(type),
        };
    }

    private Array List(Type element)
    {
        var list = Array.CreateInstance(element, 2);
        list.SetValue(Make(element), 0);
        list.SetValue(Make(element), 1);
        return list;
    }

    private object Composed(Type type)
    {
        var constructor = type.GetConstructors(Any).OrderByDescending(each => each.GetParameters().Length)
            .First(each => each.GetParameters().All(parameter => parameter.ParameterType != type));
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null && property.PropertyType != typeof(ImportPlan)))
        {
            property.SetValue(made, Make(property.PropertyType));
        }

        return made;
    }

    private static PrimaryKeyMap Map(int number)
    {
        var keys = new ModelKeys(ModelLabel.Parse("made.mapped"));
        keys.Add(RecordKey.From(number), RecordKey.From(new Guid(number, 0, 0, new byte[8])), KeyMappingKind.Inserted);
        keys.Add(RecordKey.From([RecordKey.From("a"), RecordKey.From(2)]), RecordKey.From("b"), KeyMappingKind.Existing);
        var reference = new ReferenceKeys("to", ModelLabel.Parse("made.other"));
        reference.OldKeys.AddRange([RecordKey.From(3), null]);
        keys.References.Add(reference);
        return new PrimaryKeyMap([keys]);
    }
}
