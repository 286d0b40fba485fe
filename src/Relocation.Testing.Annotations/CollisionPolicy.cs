namespace Relocation.Testing;

/// <summary>What happens to a record whose unique values a row of the database, or an earlier record of the backup, has already.</summary>
public enum CollisionPolicy
{
    /// <summary>
    /// The import fails before it writes a row; the first ten such records are listed. Rows that members of records become are looked at when
    /// they are written; the database is as it was all the same.
    /// </summary>
    Fail,

    /// <summary>
    /// The record stands for the row that is there: nothing is written, and references to the record lead to the row, those by an alternate key
    /// too. The row keeps the members that it has (owned rows, lists of keys). An element of a new record's member whose own unique values are
    /// taken is left out, with all that is in it, and the row that has them stays where it is. <c>ImportResult.Members</c> counts both.
    /// Where every record has to have the member, the import fails.
    /// </summary>
    Merge,

    /// <summary>
    /// A text field of the set gets a suffix made from the import's seed, so that the values are free; the record is inserted.
    /// </summary>
    Suffix,

    /// <summary>
    /// A field of the set gets a new value from its own generator (<c>FieldDefault.Token</c>, <c>FieldDefault.Guid</c>), made
    /// from the import's seed; the record is inserted.
    /// </summary>
    Regenerate,

    /// <summary>
    /// The record's values are written over the row that is there, which keeps its key; references to the record lead to it. The members that
    /// the record has (owned rows, lists of keys) take the place of the row's; members that it has not stay as they are. An element whose own
    /// unique values another record's row has takes that row's place: it is deleted. Of elements with the same values the last record's is
    /// written. Where every record has to have the member, the import fails.
    /// </summary>
    Overwrite,
}
