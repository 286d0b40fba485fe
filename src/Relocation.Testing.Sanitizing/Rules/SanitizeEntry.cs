namespace Relocation.Testing.Sanitizing.Rules;

/// <summary>One field's rule in a rules file.</summary>
/// <param name="Model">The model.</param>
/// <param name="Field">The field.</param>
/// <param name="Rule">The rule; null for none.</param>
/// <param name="IsDefault">Whether the field has the rule that it has when nobody says so.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Column">Where it stands in its line.</param>
internal sealed record SanitizeEntry(ModelLabel Model, string Field, SanitizeRule? Rule, bool IsDefault, int Line, int Column);
