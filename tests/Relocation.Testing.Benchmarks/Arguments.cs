using System.Globalization;
using Relocation.Testing.Benchmarks.Engines;

namespace Relocation.Testing.Benchmarks;

/// <summary>Options of the form <c>--name value</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    internal Arguments(string[] arguments)
    {
        for (var index = 0; index < arguments.Length; index += 2)
        {
            if (!arguments[index].StartsWith("--", StringComparison.Ordinal) || index + 1 == arguments.Length)
            {
                throw new UsageException($"'{arguments[index]}' is no option with a value.");
            }

            _values[arguments[index][2..]] = arguments[index + 1];
        }
    }

    internal string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    internal int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    internal IReadOnlyList<string> List(string name, string otherwise) => Text(name, otherwise).Split(',');
}
