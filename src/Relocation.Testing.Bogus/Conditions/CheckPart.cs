namespace Relocation.Testing.Conditions;

/// <summary>
/// A condition that records must meet, one of those that a check joins by AND: with the fields, decimals, texts and
/// booleans of which it speaks, and how it compares its only field, or the length of its text, with them, where it does
/// no more than that.
/// </summary>
internal sealed record CheckPart(
    string Check, string Sql, IReadOnlyList<string> Fields, IReadOnlyList<object> Values, string? Operator, bool IsLength)
{
    /// <summary>How many combinations there are that occur once: only records beyond them must meet the condition. Null for all records.</summary>
    internal Func<long>? Beyond { get; init; }
}
