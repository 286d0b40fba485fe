namespace Relocation.Testing;

/// <summary>Which fields order a model's records for a comparison, where keys do not (docs/sentry-import.md, section 8.5).</summary>
/// <param name="Fields">
/// The fields. One that refers to a record of a model with such a rule of its own stands for that record's fields: a user's key
/// for the user's name.
/// </param>
public sealed record OrdinalRule(IReadOnlyList<string> Fields)
{
    /// <summary>Fields that must be null or absent; other records are ordered by key. Default: none.</summary>
    public IReadOnlyList<string> UnlessSet { get; init; } = [];

    /// <summary>Whether a later record with the same values takes the place of the earlier one silently. Default: no, it is a finding.</summary>
    public bool LastWins { get; init; }
}
