namespace Relocation.Testing.Sanitizing;

/// <summary>What happens to one model's records.</summary>
/// <param name="Label">The model's label.</param>
/// <param name="Fields">The rules of the fields.</param>
/// <param name="Key">The rules of the key's parts; null where a part stays.</param>
internal sealed record SanitizedModel(ModelLabel Label, SanitizedNode Fields, IReadOnlyList<SanitizedNode?> Key);
