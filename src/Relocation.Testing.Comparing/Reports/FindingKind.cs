namespace Relocation.Testing;

/// <summary>What kind of difference a finding is, by the name that findings files hold (docs/sentry-import.md, section 8.6).</summary>
/// <param name="Name">The name, for example <c>UnequalCounts</c>, or a comparator's name with or without <c>ExistenceCheck</c>.</param>
public readonly record struct FindingKind(string Name)
{
    /// <summary>None of the others.</summary>
    public static FindingKind Unknown => new("Unknown");

    /// <summary>Keys of a model do not ascend in the file.</summary>
    public static FindingKind UnorderedInput => new("UnorderedInput");

    /// <summary>Two records have the same values in the fields that order their model.</summary>
    public static FindingKind DuplicateCustomOrdinal => new("DuplicateCustomOrdinal");

    /// <summary>The sides hold different numbers of records of a model.</summary>
    public static FindingKind UnequalCounts => new("UnequalCounts");

    /// <summary>The right side has a record that the left one has not.</summary>
    public static FindingKind AddedRecord => new("AddedRecord");

    /// <summary>The left side has a record that the right one has not.</summary>
    public static FindingKind RemovedRecord => new("RemovedRecord");

    /// <summary>Fields that no comparator looks at differ.</summary>
    public static FindingKind UnequalJson => new("UnequalJSON");

    /// <summary>An original value is still there after sanitising.</summary>
    public static FindingKind LeakedValue => new("LeakedValue");

    /// <summary>The kind of what a comparator finds.</summary>
    /// <param name="comparator">The comparator's <see cref="RecordComparator.Kind"/>.</param>
    public static FindingKind Of(string comparator) => new(comparator);

    /// <summary>The kind of a value that is there on one side only.</summary>
    /// <param name="comparator">The comparator's <see cref="RecordComparator.Kind"/>.</param>
    public static FindingKind ExistenceOf(string comparator) => new(comparator + "ExistenceCheck");

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? Unknown.Name;
}
