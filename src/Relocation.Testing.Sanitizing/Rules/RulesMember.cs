namespace Relocation.Testing.Sanitizing.Rules;

/// <summary>A member of an object in a rules file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Where its name stands in the file.</param>
/// <param name="Value">Its value.</param>
internal sealed record RulesMember(string Name, int Position, RulesValue Value);
