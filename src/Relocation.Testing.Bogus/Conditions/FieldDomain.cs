namespace Relocation.Testing.Conditions;

/// <summary>What one field may be in a record: null or not, and which values.</summary>
internal sealed class FieldDomain(LineDomain? line, TextDomain? text)
{
    /// <summary>The numbers, when the field's values lie on a line.</summary>
    internal LineDomain? Line => line;

    /// <summary>The texts, when the field holds text.</summary>
    internal TextDomain? Text => text;

    /// <summary>Whether it must be null, must not be null, or may be either.</summary>
    internal bool? IsNull { get; private set; }

    internal bool IsEmpty { get; private set; }

    /// <summary>Narrows the field by a test; false when values cannot be made for such a test.</summary>
    internal bool Narrow(Condition test) => test switch
    {
        Condition.Null(_, var isNull) => NarrowNull(isNull),
        Condition.Compared { IsLength: false } compared when line is not null => line.Compare(compared.Comparison, compared.Value),
        Condition.Compared compared when text is not null => text.Compare(compared),
        Condition.Listed listed => line?.List(listed.Values, listed.IsNegated) ?? text?.List(listed.Values, listed.IsNegated) ?? false,
        Condition.Like like => text?.Like(like.Pattern, like.IsNegated) ?? false,
        Condition.Cased cased => text?.Case(cased.IsUpper) ?? false,
        _ => false,
    };

    /// <summary>Settles what is left, and says whether anything is.</summary>
    internal bool Settle(bool isNullable)
    {
        line?.PreferUsual();
        var hasNoValue = line?.IsEmpty == true || text?.IsEmpty == true;
        if (hasNoValue && IsNull is null && isNullable)
        {
            // No value passes, so the field is always null, which passes every test.
            IsNull = true;
        }

        return !IsEmpty && (IsNull != true || isNullable) && (!hasNoValue || IsNull == true);
    }

    private bool NarrowNull(bool isNull)
    {
        IsEmpty |= IsNull == !isNull;
        IsNull = isNull;
        return true;
    }
}
