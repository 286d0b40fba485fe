namespace Relocation.Testing.Conditions;

/// <summary>A word, name, number, text or sign of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A word as it is written, a name or text without its quotes, a number's digits, or the sign.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text)
{
    internal bool Is(string text) =>
        Kind is SqlTokenKind.Word or SqlTokenKind.Sign && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);
}
