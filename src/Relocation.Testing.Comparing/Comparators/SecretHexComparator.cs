using System.Globalization;
using System.Text.RegularExpressions;

namespace Relocation.Testing;

/// <summary>Demands secrets written as lower-case hexadecimal digits on both sides.</summary>
/// <param name="bytes">How many bytes a secret has; it is written with twice as many digits.</param>
/// <param name="fields">The names of the fields.</param>
public sealed class SecretHexComparator(int bytes, params IEnumerable<string> fields)
    : RegexComparator(string.Create(CultureInfo.InvariantCulture, $"[0-9a-f]{{{2 * bytes}}}"), RegexOptions.None, fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(SecretHexComparator);
}
