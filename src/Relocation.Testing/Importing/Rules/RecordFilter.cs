namespace Relocation.Testing;

/// <summary>Says which records of a model an import takes, by some of their fields.</summary>
/// <remarks>
/// No filter takes all records; one that lists no value takes none. Records that need one which is left out, through a reference that
/// cannot be null, are left out as well.
/// </remarks>
public sealed class RecordFilter
{
    private RecordFilter(string name, IReadOnlyList<string> fields, Func<SelectedRecord, bool> takes)
    {
        Name = name;
        Fields = fields;
        Takes = takes;
    }

    /// <summary>What the result calls the filter: the names of its fields.</summary>
    public string Name { get; }

    /// <summary>The fields that the filter reads.</summary>
    public IReadOnlyList<string> Fields { get; }

    internal Func<SelectedRecord, bool> Takes { get; }

    /// <summary>Takes the records whose field holds one of these texts.</summary>
    /// <param name="field">A text field.</param>
    /// <param name="values">The texts; none of them takes no record.</param>
    public static RecordFilter In(string field, params IEnumerable<string> values)
    {
        var wanted = values.ToHashSet(StringComparer.Ordinal);
        return Where([field], record => record[field] is string text && wanted.Contains(text));
    }

    /// <summary>Takes the records whose field holds one of these numbers.</summary>
    /// <param name="field">An integer field, or the primary key.</param>
    /// <param name="values">The numbers; none of them takes no record.</param>
    public static RecordFilter In(string field, params IEnumerable<long> values)
    {
        var wanted = values.ToHashSet();
        return Where([field], record => record[field] is long number && wanted.Contains(number));
    }

    /// <summary>Takes the records that a predicate takes.</summary>
    /// <param name="fields">The fields that the predicate reads.</param>
    /// <param name="takes">Whether a record is taken.</param>
    public static RecordFilter Where(IReadOnlyList<string> fields, Func<SelectedRecord, bool> takes)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(takes);
        return new RecordFilter(string.Join(", ", fields), fields, takes);
    }
}
