namespace Relocation.Testing.Conditions;

/// <summary>An SQL condition over the columns of one row, as far as values can be made for it.</summary>
internal abstract record Condition
{
    /// <summary>All hold.</summary>
    internal sealed record All(IReadOnlyList<Condition> Parts) : Condition;

    /// <summary>At least one holds.</summary>
    internal sealed record Any(IReadOnlyList<Condition> Parts) : Condition;

    /// <summary>The inner one does not hold.</summary>
    internal sealed record Not(Condition Inner) : Condition;

    /// <summary>The column is null, or is not.</summary>
    internal sealed record Null(string Column, bool IsNull) : Condition;

    /// <summary>The column, or the number of its characters, compares so with a value: a decimal, a text or a boolean.</summary>
    internal sealed record Compared(string Column, bool IsLength, Comparison Comparison, object Value) : Condition;

    /// <summary>Two columns compare so.</summary>
    internal sealed record Related(string Left, Comparison Comparison, string Right) : Condition;

    /// <summary>The column is one of some values, or none of them.</summary>
    internal sealed record Listed(string Column, IReadOnlyList<object> Values, bool IsNegated) : Condition;

    /// <summary>The column's text is like a pattern of SQL's, or is not.</summary>
    internal sealed record Like(string Column, string Pattern, bool IsNegated) : Condition;

    /// <summary>The column's text has no letters of the other case.</summary>
    internal sealed record Cased(string Column, bool IsUpper) : Condition;

    /// <summary>The record's references form a combination that no other record has.</summary>
    internal sealed record Distinct(Generating.Digits Digits) : Condition;
}
