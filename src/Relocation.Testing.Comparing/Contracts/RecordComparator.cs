using System.Text.Json;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing;

/// <summary>Compares some fields of two records by a rule of its own (docs/sentry-import.md, section 8.1).</summary>
/// <remarks>
/// A comparison asks every comparator for <see cref="CheckExistence"/>, then, where that found nothing, for <see cref="Compare(RecordPair)"/>; then
/// all of them for <see cref="Scrub"/>. What is left of the fields is compared as JSON. Comparators hold no state and may serve
/// several comparisons at once.
/// </remarks>
public abstract class RecordComparator
{
    /// <summary>What stands for a value that is not shown.</summary>
    protected const string ScrubbedMark = "<scrubbed>";

    private List<string> _fields;

    /// <summary>Makes a comparator.</summary>
    /// <param name="fields">The names of the fields; dots lead into objects.</param>
    protected RecordComparator(IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        _fields = [.. fields.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The names of the fields, sorted.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>What findings call the comparator. Default: the name of its class.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>Whether the comparator is of no use without one of its fields. Default: no.</summary>
    internal virtual bool IsWhole => false;

    /// <summary>
    /// Whether values that the comparator takes for the same have one form, by which records are told from each other. Default: no; what a
    /// comparator ignores or wants to differ tells nothing.
    /// </summary>
    internal virtual bool IsContent => false;

    /// <summary>Whether findings show values only as <see cref="Shorten"/> does, even where values are asked for. Default: no.</summary>
    internal virtual bool HidesValues => false;

    /// <summary>Writes the one form of a field's value, where <see cref="IsContent"/>. Default: the value.</summary>
    internal virtual void WriteContent(Utf8JsonWriter writer, string field, JsonElement value) => CanonicalValue.Write(writer, value, null);

    /// <summary>The records that a record refers to by the comparator's fields. Default: none.</summary>
    internal virtual IEnumerable<FoundReference> ReferencesOf(ComparedRecord record) => [];

    /// <summary>Finds values that are there and not null on one side only.</summary>
    /// <param name="pair">The records.</param>
    public virtual void CheckExistence(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        foreach (var field in _fields)
        {
            var (isLeft, isRight) = (pair.Left.TryGetField(field, out _), pair.Right.TryGetField(field, out _));
            if (isLeft != isRight)
            {
                ReportMissing(pair, field, isLeft: !isLeft);
            }
        }
    }

    /// <summary>Finds values that do not fit each other. The records do not change.</summary>
    /// <param name="pair">The records.</param>
    public virtual void Compare(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        foreach (var field in _fields)
        {
            if (pair.Left.TryGetField(field, out var left) && pair.Right.TryGetField(field, out var right))
            {
                Compare(pair, field, left, right);
            }
        }
    }

    /// <summary>Takes the fields out of both records.</summary>
    /// <param name="pair">The records.</param>
    public virtual void Scrub(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        foreach (var field in _fields)
        {
            pair.Left.Scrub(this, field);
            pair.Right.Scrub(this, field);
        }
    }

    /// <summary>The same comparator without some of its fields; null when none is left.</summary>
    /// <param name="fields">The names of the fields that it no longer compares.</param>
    public RecordComparator? Without(IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var rest = _fields.Except(fields, StringComparer.Ordinal).ToList();
        if (rest.Count == _fields.Count)
        {
            return this;
        }

        var copy = (RecordComparator)MemberwiseClone();
        copy._fields = rest;
        return rest.Count == 0 || IsWhole ? null : copy;
    }

    /// <summary>The kind and the fields.</summary>
    public override string ToString() => $"{Kind}({string.Join(", ", Fields)})";

    /// <summary>What is shown of a value. Default: a mark that says nothing of it.</summary>
    /// <param name="value">A value that is not null.</param>
    protected internal virtual string Shorten(JsonElement value) => ScrubbedMark;

    /// <summary>Compares a field that has a value on both sides.</summary>
    /// <param name="pair">The records.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    protected abstract void Compare(RecordPair pair, string field, JsonElement left, JsonElement right);

    /// <summary>Whether two values are the same: members in any order, numbers by value, text as it is written.</summary>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    protected static bool AreEqual(JsonElement left, JsonElement right) => CanonicalValue.AreEqual(left, right);

    /// <summary>Whether a field's values are the same by what <see cref="WriteContent"/> says of them.</summary>
    private protected bool HaveSameContent(string field, JsonElement left, JsonElement right) =>
        CanonicalValue.Form(writer => WriteContent(writer, field, left)).Span
            .SequenceEqual(CanonicalValue.Form(writer => WriteContent(writer, field, right)).Span);

    /// <summary>Reports that values differ that should not.</summary>
    /// <param name="pair">The records.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="left">The left value, as it may be shown.</param>
    /// <param name="right">The right value, as it may be shown.</param>
    protected void ReportUnequal(RecordPair pair, string field, string left, string right)
    {
        ReportField(pair, field, left, right, $"the left value ({left}) of `{field}` was not equal to the right value ({right})", "differs");
    }

    /// <summary>Reports that a field has a value on one side only.</summary>
    private protected void ReportMissing(RecordPair pair, string field, bool isLeft)
    {
        var kind = FindingKind.ExistenceOf(Kind);
        if (pair.Shown is { } shown)
        {
            pair.Report(kind, field, $"has a value on the {(isLeft ? "right" : "left")} only", shown.OfField(Held(pair.Left, field), ShortOf(pair.Left, field)), shown.OfField(Held(pair.Right, field), ShortOf(pair.Right, field)));
        }
        else
        {
            pair.Report(kind, $"the {(isLeft ? "left" : "right")} `{field}` value was missing");
        }
    }

    private static JsonElement? Held(ComparedRecord record, string field) => record.TryFind(field, out var value) ? value : null;

    private string? ShortOf(ComparedRecord record, string field) => HidesValues && record.TryGetField(field, out var value) ? Shorten(value) : null;

    /// <summary>Reports a difference of a field.</summary>
    /// <param name="pair">The records.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="left">The left value, as it may be shown.</param>
    /// <param name="right">The right value, as it may be shown.</param>
    /// <param name="reason">What differs, as Sentry words it.</param>
    /// <param name="what">What differs, after the field's name, for people.</param>
    private protected void ReportField(RecordPair pair, string field, string? left, string? right, string reason, string what)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (pair.Shown is { } shown)
        {
            pair.Report(FindingKind.Of(Kind), field, what, shown.OfField(Held(pair.Left, field), left), shown.OfField(Held(pair.Right, field), right));
        }
        else
        {
            pair.Report(FindingKind.Of(Kind), reason);
        }
    }

    /// <summary>Reports a difference.</summary>
    /// <param name="pair">The records.</param>
    /// <param name="reason">What differs.</param>
    protected void Report(RecordPair pair, string reason)
    {
        ArgumentNullException.ThrowIfNull(pair);
        pair.Report(FindingKind.Of(Kind), reason);
    }
}
