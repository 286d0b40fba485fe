namespace Relocation.Testing;

/// <summary>Every message of this assembly: what is wrong, where, what to do.</summary>
internal static partial class Errors
{
    internal static RelocationModelException ModelDoesNotFit(string name, IReadOnlyList<string> problems) =>
        new($"Model '{name}' cannot be used: {Listed(problems, problems.Count)}", problems);

    /// <summary>At most ten items on lines of their own, then how many more there are.</summary>
    internal static string Listed(IEnumerable<string> items, long count)
    {
        const int Most = 10;
        var lines = items.Take(Most).Select(item => $"{Environment.NewLine}  {item}").ToList();
        if (count > Most)
        {
            lines.Add($"{Environment.NewLine}  and {count - Most} more.");
        }

        return string.Concat(lines);
    }
}
