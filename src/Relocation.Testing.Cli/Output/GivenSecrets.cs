using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Output;

/// <summary>
/// Connection strings in the wrong place of a command line: as a backup, or after a misspelt option. Messages must not repeat such an
/// argument.
/// </summary>
internal static class GivenSecrets
{
    /// <summary>A message without the arguments that may contain a password.</summary>
    internal static string Removed(string message, IEnumerable<string> arguments)
    {
        // An argument may be --option=value or --option:value, of which a message repeats only the value. Longer ones may contain shorter
        // ones.
        var secrets = arguments.Concat(arguments.Where(argument => argument.StartsWith('-')).Select(argument => argument[(argument.AsSpan().IndexOfAny('=', ':') + 1)..]))
            .Where(ConnectionText.MayHoldSecret).Distinct().OrderByDescending(argument => argument.Length);
        return secrets.Aggregate(message, (text, secret) => text.Replace(secret, "(not shown)", StringComparison.Ordinal));
    }
}
