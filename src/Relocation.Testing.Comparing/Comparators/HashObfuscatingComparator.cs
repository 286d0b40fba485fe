namespace Relocation.Testing;

/// <summary>Compares tokens and hashes; findings show their first and last characters, as far as enough are hidden.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class HashObfuscatingComparator(params IEnumerable<string> fields) : ObfuscatingComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(HashObfuscatingComparator);

    /// <inheritdoc />
    protected override string Shorten(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length switch
        {
            >= 16 => $"{value[..3]}...{value[^3..]}",
            >= 8 => $"{value[..1]}...{value[^1..]}",
            _ => "...",
        };
    }
}
