using Relocation.Testing.Modeling;

namespace Relocation.Testing.Planning;

/// <summary>A question after rows by the values of some of their columns.</summary>
/// <param name="Table">The table.</param>
/// <param name="Fields">The fields whose values are compared.</param>
internal sealed record RowLookup(Table Table, IReadOnlyList<RelocationField> Fields)
{
    /// <summary>The columns of the rows found that the answer is made of. Default: the table's key.</summary>
    internal IReadOnlyList<RelocationField> Answer { get; init; } = Table.Key;

    /// <summary>Whether letters that differ in case only are the same.</summary>
    internal bool IgnoresCase { get; init; }

    /// <summary>An SQL condition over columns that the rows meet, and the values asked for as well; null for none.</summary>
    internal string? Condition { get; init; }

    /// <summary>The fields that the condition reads, beyond those that are compared.</summary>
    internal IReadOnlyList<RelocationField> ConditionFields { get; init; } = [];

    internal IEnumerable<RelocationField> AllFields => Fields.Concat(ConditionFields);
}
