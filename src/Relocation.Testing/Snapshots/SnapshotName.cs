using System.Reflection;
using System.Text;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing;

/// <summary>What the files of a test's snapshot are called.</summary>
public static class SnapshotName
{
    /// <summary>Leaves room for the endings in the 255 bytes that file systems allow.</summary>
    private const int MostBytes = 200;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(decimal)] = "decimal", [typeof(double)] = "double",
        [typeof(float)] = "float", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(object)] = "object", [typeof(short)] = "short",
        [typeof(string)] = "string", [typeof(uint)] = "uint", [typeof(ulong)] = "ulong",
    };

    /// <summary>
    /// The name of a test: <c>Type.Method</c>, or <c>Type.Method_parameter=value</c> with arguments, by Verify's convention.
    /// </summary>
    /// <remarks>
    /// The type is the one that declares the method: tests that are inherited, to run on several databases, share their approved file, unless their
    /// type arguments differ, as in <c>Type[int].Method</c>. Names differ whenever arguments do. Where the shown form of an argument does not say
    /// all of it (capitals, which some file systems take for small letters, signs, moments, objects), and where a name would be too long, the name
    /// ends in a hash. Small letters, digits, dots, dashes and slashes, which are shown as a plus, need none.
    /// </remarks>
    /// <param name="type">The type that declares the test's method.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">The method's parameters and what it is called with; none for a plain test.</param>
    public static string Of(Type type, string method, params IEnumerable<(string Parameter, object? Value)> arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        return Of(type, method, [], arguments.Select(argument => (argument.Parameter, SnapshotArgument.Of(argument.Value, null))));
    }

    /// <summary>The name of a test by its method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="fixtureArguments">What the test's class was made with.</param>
    /// <param name="arguments">What the method is called with, in the order of its parameters.</param>
    /// <param name="others">What else tells the test from others of its method; what has one name is always of one type.</param>
    internal static string Of(
        MethodInfo method, IEnumerable<object?> fixtureArguments, IEnumerable<object?> arguments, IEnumerable<(string Name, object? Value)> others) => Of(
            method.DeclaringType!,
            $"{method.Name}{(method is { IsGenericMethod: true, IsGenericMethodDefinition: false } ? TypeArguments(method.GetGenericArguments()) : string.Empty)}",
            fixtureArguments.Select(argument => SnapshotArgument.Of(argument, null)).ToList(),
            method.GetParameters().Zip(arguments, (parameter, value) => (parameter.Name ?? string.Empty, SnapshotArgument.Of(value, parameter.ParameterType)))
                .Concat(others.Select(other => (other.Name, SnapshotArgument.Of(other.Value, other.Value?.GetType())))));

    private static string Of(
        Type type, string method, List<SnapshotArgument> fixture, IEnumerable<(string Parameter, SnapshotArgument Value)> arguments)
    {
        var (name, whole, isExact) = (new StringBuilder(TypeName(type)), new StringBuilder(TypeName(type)), true);
        if (fixture.Count > 0)
        {
            name.Append('(').AppendJoin(',', fixture.Select(argument => argument.Shown)).Append(')');
            whole.AppendJoin(',', fixture.Select(argument => $"{argument.Whole.Length}:{argument.Whole}"));
            isExact = fixture.All(argument => argument.IsExact);
        }

        name.Append('.').Append(method);
        whole.Append('.').Append(method);
        foreach (var (parameter, value) in arguments)
        {
            name.Append('_').Append(parameter).Append('=').Append(value.Shown);
            whole.Append('_').Append(parameter).Append('=').Append(value.Whole.Length).Append(':').Append(value.Whole);
            isExact &= value.IsExact;
        }

        return Shortened(name.ToString(), whole.ToString(), isExact);
    }

    private static string TypeName(Type type)
    {
        var arguments = type is { IsGenericType: true, IsGenericTypeDefinition: false } ? TypeArguments(type.GetGenericArguments()) : string.Empty;
        return $"{PlainName(type)}{arguments}";
    }

    private static string PlainName(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is null ? name : $"{PlainName(type.DeclaringType)}.{name}";
    }

    private static string TypeArguments(IEnumerable<Type> arguments) => $"[{string.Join(',', arguments.Select(FullName))}]";

    private static string FullName(Type type) => type switch
    {
        _ when Keywords.TryGetValue(type, out var keyword) => keyword,
        { IsArray: true } => $"{FullName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
        { Namespace: { Length: > 0 } space } => $"{space}.{TypeName(type)}",
        _ => TypeName(type),
    };

    private static string Shortened(string name, string whole, bool isExact)
    {
        if (isExact && Encoding.UTF8.GetByteCount(name) <= MostBytes)
        {
            return name;
        }

        const int Most = MostBytes - SnapshotNameHash.Length;
        var length = Math.Min(Most, name.Length);
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, length)) > Most)
        {
            length--;
        }

        // Half a character has no place in a file's name.
        length = char.IsHighSurrogate(name[length - 1]) ? length - 1 : length;
        return $"{name[..length]}{SnapshotNameHash.Of(whole)}";
    }
}
