using System.Text.RegularExpressions;

namespace Relocation.Testing;

/// <summary>Demands subscription ids that an import made anew: a number, a slash and 32 hexadecimal digits.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class SubscriptionIdComparator(params IEnumerable<string> fields)
    : RegeneratedComparator("[0-9]+/[0-9a-f]{32}", RegexOptions.None, fields)
{
    /// <inheritdoc />
    public override string Kind => "SubscriptionIDComparator";
}
