using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing;

/// <summary>What the files of a test's snapshot are called.</summary>
public static class SnapshotName
{
    /// <summary>Leaves room for the endings in the 255 bytes that file systems allow.</summary>
    private const int MostBytes = 200;

    /// <summary>
    /// The name of a test: <c>Type.Method</c>, or <c>Type.Method_parameter=value</c> with arguments, by Verify's convention.
    /// </summary>
    /// <remarks>
    /// The type is the one that declares the method: tests that are inherited, to run on several databases, share their
    /// approved file. A name that would be too long ends in a hash.
    /// </remarks>
    /// <param name="type">The type that declares the test's method.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">The method's parameters and what it is called with; none for a plain test.</param>
    public static string Of(Type type, string method, params IEnumerable<(string Parameter, object? Value)> arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        var name = new StringBuilder(TypeName(type)).Append('.').Append(method);
        foreach (var (parameter, value) in arguments)
        {
            name.Append('_').Append(parameter).Append('=').Append(Value(value));
        }

        return Shortened(name.ToString());
    }

    private static string TypeName(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is null ? name : $"{TypeName(type.DeclaringType)}.{name}";
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "True" : "False",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Value))}]",
        _ => value.ToString() ?? string.Empty,
    };

    private static string Shortened(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, 8);
        var length = MostBytes - hash.Length - 1;
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, Math.Min(length, name.Length))) > MostBytes - hash.Length - 1)
        {
            length--;
        }

        // Half a character has no place in a file's name.
        length = char.IsHighSurrogate(name[length - 1]) ? length - 1 : length;
        return $"{name[..length]}-{hash}";
    }
}
