using System.Text.Json;

namespace Relocation.Testing.Sanitizing.Rules;

/// <summary>A value of a rules file, and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where its first byte stands in the file.</param>
/// <param name="Json">The value as it is written.</param>
/// <param name="Text">The text, of a string.</param>
/// <param name="Members">The members, of an object.</param>
/// <param name="Items">The items, of a list.</param>
internal sealed record RulesValue(
    JsonValueKind Kind, int Position, string Json, string? Text, IReadOnlyList<RulesMember> Members, IReadOnlyList<RulesValue> Items);
