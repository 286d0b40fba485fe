using System.Text.RegularExpressions;

namespace Relocation.Testing.Specification.Values;

/// <summary>The table of <c>docs/values.md</c>.</summary>
internal static partial class ValueTable
{
    internal static IReadOnlyList<Row> Rows { get; } =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "values.md")).Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|')).Select(cells => new Row(cells[1], [.. Code().Matches(cells[2]).Select(match => match.Groups[1].Value)])),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    /// <summary>One row.</summary>
    /// <param name="Types">The cell that names the types.</param>
    /// <param name="Written">Examples of what is written.</param>
    internal sealed record Row(string Types, IReadOnlyList<string> Written)
    {
        internal bool Holds(Type type)
        {
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            return plain switch
            {
                { IsEnum: true } => Types.Contains("enums", StringComparison.Ordinal) && !Types.Contains("lists", StringComparison.Ordinal),
                { IsGenericType: true } when plain.GetGenericTypeDefinition() == typeof(List<>) => Types.Contains("lists", StringComparison.Ordinal),
                { IsGenericType: true } => Types.Contains("Dictionary", StringComparison.Ordinal),
                _ when plain == typeof(Postcode) => Types.Contains("`String`", StringComparison.Ordinal),
                _ => Types.Contains($"`{plain.Name}`", StringComparison.Ordinal),
            };
        }
    }
}
