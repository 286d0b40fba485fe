using System.Globalization;

namespace Relocation.Testing;

/// <summary>Says which records of a model an import takes, by some of their fields.</summary>
/// <remarks>
/// No filter takes all records; one that lists no value takes none. Records that need one which is left out, through a reference that
/// cannot be null, are left out as well.
/// </remarks>
public sealed class RecordFilter
{
    private RecordFilter(string name, IReadOnlyList<string> fields, Func<SelectedRecord, bool> takes, IEnumerable<string>? values = null)
    {
        Name = name;
        Fields = fields;
        Takes = takes;
        Values = values is null ? null : [.. values.Order(StringComparer.Ordinal)];
    }

    /// <summary>What the result calls the filter: the names of its fields; "keys" when it reads none.</summary>
    public string Name { get; }

    /// <summary>The fields that the filter reads.</summary>
    public IReadOnlyList<string> Fields { get; }

    internal Func<SelectedRecord, bool> Takes { get; }

    /// <summary>What is taken, or null for a predicate.</summary>
    internal IReadOnlyList<string>? Values { get; }

    /// <summary>Takes the records whose field holds one of these texts.</summary>
    /// <param name="field">A text field.</param>
    /// <param name="values">The texts; none of them takes no record.</param>
    public static RecordFilter In(string field, params IEnumerable<string> values)
    {
        var wanted = values.ToHashSet(StringComparer.Ordinal);
        return new RecordFilter(field, [field], record => record[field] is string text && wanted.Contains(text), wanted);
    }

    /// <summary>Takes the records whose field holds one of these numbers.</summary>
    /// <param name="field">An integer field, or the primary key.</param>
    /// <param name="values">The numbers; none of them takes no record.</param>
    public static RecordFilter In(string field, params IEnumerable<long> values)
    {
        var wanted = values.ToHashSet();
        return new RecordFilter(
            field, [field], record => record[field] is long number && wanted.Contains(number), wanted.Select(value => value.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Takes the records that a predicate takes.</summary>
    /// <param name="fields">The fields that the predicate reads; none for one that looks at keys alone.</param>
    /// <param name="takes">Whether a record is taken.</param>
    public static RecordFilter Where(IReadOnlyList<string> fields, Func<SelectedRecord, bool> takes)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(takes);
        return new RecordFilter(fields.Count == 0 ? "keys" : string.Join(", ", fields), fields, takes);
    }
}
