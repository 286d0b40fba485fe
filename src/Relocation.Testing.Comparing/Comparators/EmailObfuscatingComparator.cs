namespace Relocation.Testing;

/// <summary>Compares e-mail addresses; findings show the first letter and the end of the domain: <c>a...@...le.com</c>.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class EmailObfuscatingComparator(params IEnumerable<string> fields) : ObfuscatingComparator(fields)
{
    private const int ShownOfDomain = 6;

    /// <inheritdoc />
    public override string Kind => nameof(EmailObfuscatingComparator);

    /// <inheritdoc />
    protected override string Shorten(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var parts = value.Split('@');
        return parts.Length != 2 ? value : $"{First(parts[0])}...@...{parts[1][Math.Max(0, parts[1].Length - ShownOfDomain)..]}";
    }

    private static string First(string local) => local.Length == 0 ? string.Empty : local[..1];
}
