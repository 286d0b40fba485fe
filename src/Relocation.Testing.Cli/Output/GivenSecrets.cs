using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Output;

/// <summary>
/// Connection strings that stand where they do not belong on a command line: as a backup, or after an option that is misspelt. Messages that
/// repeat such an argument must not show it.
/// </summary>
internal static class GivenSecrets
{
    /// <summary>A message without the arguments that may hold a password.</summary>
    internal static string Removed(string message, IEnumerable<string> arguments)
    {
        // An argument may be --option=value or --option:value, of which a message repeats the value alone. Longer ones hold shorter ones.
        var secrets = arguments.Concat(arguments.Where(argument => argument.StartsWith('-')).Select(argument => argument[(argument.AsSpan().IndexOfAny('=', ':') + 1)..]))
            .Where(ConnectionText.MayHoldSecret).Distinct().OrderByDescending(argument => argument.Length);
        return secrets.Aggregate(message, (text, secret) => text.Replace(secret, "(not shown)", StringComparison.Ordinal));
    }
}
