using System.Text.RegularExpressions;

namespace Relocation.Testing;

/// <summary>Demands Guids of version 4 that an import made anew, with or without dashes, in any case.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class Uuid4Comparator(params IEnumerable<string> fields)
    : RegeneratedComparator("[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}", RegexOptions.IgnoreCase, fields)
{
    /// <inheritdoc />
    public override string Kind => "UUID4Comparator";
}
