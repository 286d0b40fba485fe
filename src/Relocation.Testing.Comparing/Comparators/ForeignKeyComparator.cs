using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Reports;

namespace Relocation.Testing;

/// <summary>Compares references by the position of what they lead to, since keys differ from side to side.</summary>
public sealed class ForeignKeyComparator : RecordComparator
{
    private readonly Dictionary<string, ModelLabel> _targets;

    /// <summary>Makes a comparator.</summary>
    /// <param name="targets">
    /// The model that each field refers to. A field may hold a list of keys; dots lead into objects and into every object of lists.
    /// </param>
    public ForeignKeyComparator(IEnumerable<KeyValuePair<string, ModelLabel>> targets)
        : this(new Dictionary<string, ModelLabel>(targets, StringComparer.Ordinal))
    {
    }

    private ForeignKeyComparator(Dictionary<string, ModelLabel> targets)
        : base(targets.Keys) => _targets = targets;

    /// <inheritdoc />
    public override string Kind => nameof(ForeignKeyComparator);

    /// <summary>The model that each field refers to.</summary>
    public IReadOnlyDictionary<string, ModelLabel> Targets => _targets;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The pair does not know the positions of both sides' records.</exception>
    public override void Compare(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (pair.LeftOrdinals is not { } leftOrdinals || pair.RightOrdinals is not { } rightOrdinals)
        {
            throw ComparisonErrors.NoOrdinals();
        }

        for (var at = 0; at < Fields.Count; at++)
        {
            CompareField(pair, Fields[at], leftOrdinals, rightOrdinals);
        }
    }

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right) => Compare(pair);

    /// <summary>Reports a reference that leads nowhere, or elsewhere.</summary>
    internal static void CompareKeys(
        RecordComparator by, RecordPair pair, string field, ModelLabel target, (int? Ordinal, string Key, bool IsText) left, (int? Ordinal, string Key, bool IsText) right)
    {
        var kind = FindingKind.Of(by.Kind);
        if (pair.Shown is { } shown)
        {
            ReportOtherwise(pair, kind, field, (left.Ordinal, left.Key), (right.Ordinal, right.Key), shown.OfReference(target, left.Key, left.IsText), shown.OfReference(target, right.Key, right.IsText));
            return;
        }

        if (left.Ordinal is null)
        {
            pair.Report(kind, $"the left foreign key ordinal for `{target}` model with pk `{left.Key}` could not be found");
        }

        if (right.Ordinal is null)
        {
            pair.Report(kind, $"the right foreign key ordinal for `{target}` model with pk `{right.Key}` could not be found");
        }

        if (left.Ordinal is { } before && right.Ordinal is { } after && before != after)
        {
            pair.Report(kind, string.Create(
                CultureInfo.InvariantCulture,
                $"the left foreign key `{field}` leads to ordinal {before} of `{target}`, and the right one to ordinal {after}"));
        }
    }

    /// <summary>For people; what leads out of both backups is compared as it is written.</summary>
    private static void ReportOtherwise(
        RecordPair pair, FindingKind kind, string field, (int? Ordinal, string Key) left, (int? Ordinal, string Key) right, string leftShown, string rightShown)
    {
        var what = (left.Ordinal, right.Ordinal) switch
        {
            (null, null) => left.Key == right.Key ? null : "leads to records that neither backup holds",
            (null, _) => "leads to a record that the left backup does not hold",
            (_, null) => "leads to a record that the right backup does not hold",
            var (before, after) => before == after ? null : "leads to another record",
        };
        if (what is not null)
        {
            pair.Report(kind, field, what, leftShown, rightShown);
        }
    }

    /// <inheritdoc />
    internal override IEnumerable<FoundReference> ReferencesOf(ComparedRecord record) => Fields.SelectMany(field => record.ValuesAt(field)
        .Select(key => new FoundReference(field, _targets[field], KeyOf(key), key.GetRawText())));

    private void CompareField(RecordPair pair, string field, OrdinalMap leftOrdinals, OrdinalMap rightOrdinals)
    {
        // Almost every reference is one key or null, for which no list is made.
        var (isLeft, isRight) = (pair.Left.TryFind(field, out var left), pair.Right.TryFind(field, out var right));
        if (IsSingle(isLeft, left) && IsSingle(isRight, right))
        {
            var (hasLeft, hasRight) = (isLeft && left.ValueKind != JsonValueKind.Null, isRight && right.ValueKind != JsonValueKind.Null);
            if (hasLeft && hasRight)
            {
                CompareSingle(pair, field, (Find(leftOrdinals, field, left), left), (Find(rightOrdinals, field, right), right));
                return;
            }

            // A path into lists is no member of the record.
            if (isLeft || isRight || !field.Contains('.'))
            {
                ReportUnequalCounts(pair, field, hasLeft ? 1 : 0, hasRight ? 1 : 0);
                return;
            }
        }

        var lefts = Sorted(pair.Left, field, leftOrdinals);
        var rights = Sorted(pair.Right, field, rightOrdinals);
        if (pair.Shown is not null)
        {
            CompareSets(pair, field, lefts, rights);
            return;
        }

        if (ReportUnequalCounts(pair, field, lefts.Count, rights.Count))
        {
            return;
        }

        for (var at = 0; at < lefts.Count; at++)
        {
            CompareSingle(pair, field, lefts[at], rights[at]);
        }
    }

    private static bool IsSingle(bool isThere, JsonElement value) => !isThere || value.ValueKind != JsonValueKind.Array;

    private bool ReportUnequalCounts(RecordPair pair, string field, int lefts, int rights)
    {
        if (lefts != rights && pair.Shown is not null)
        {
            ReportSets(pair, field, lefts, rights);
        }
        else if (lefts != rights)
        {
            Report(pair, string.Create(CultureInfo.InvariantCulture, $"the left `{field}` holds {lefts} references, the right one {rights}"));
        }

        return lefts != rights;
    }

    /// <summary>What both sides lead to, in any order; what leads out of a backup goes by its key.</summary>
    private void CompareSets(RecordPair pair, string field, List<(int? Ordinal, JsonElement Key)> lefts, List<(int? Ordinal, JsonElement Key)> rights)
    {
        var common = lefts.Select(Name).ToLookup(name => name);
        var rest = rights.GroupBy(Name).Sum(group => Math.Max(0, group.Count() - common[group.Key].Count()));
        var shared = rights.Count - rest;
        if (rest > 0 || lefts.Count > shared)
        {
            ReportSets(pair, field, lefts.Count - shared, rest);
        }

        static (int?, string?) Name((int? Ordinal, JsonElement Key) found) => (found.Ordinal, found.Ordinal is null ? found.Key.GetRawText() : null);
    }

    private void ReportSets(RecordPair pair, string field, int leftsOnly, int rightsOnly) => pair.Report(
        FindingKind.Of(Kind), field, "leads to other records", Only(leftsOnly), Only(rightsOnly));

    private static string Only(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} reference{(count == 1 ? string.Empty : "s")} of its own");

    private void CompareSingle(RecordPair pair, string field, (int? Ordinal, JsonElement Key) left, (int? Ordinal, JsonElement Key) right)
    {
        if (left.Ordinal is null || left.Ordinal != right.Ordinal)
        {
            CompareKeys(this, pair, field, _targets[field], Written(left), Written(right));
        }
    }

    private static (int? Ordinal, string Key, bool IsText) Written((int? Ordinal, JsonElement Key) found) =>
        (found.Ordinal, found.Key.ToString(), found.Key.ValueKind == JsonValueKind.String);

    /// <summary>Relations of many records have no order of their own.</summary>
    private List<(int? Ordinal, JsonElement Key)> Sorted(ComparedRecord record, string field, OrdinalMap ordinals) =>
        [.. record.ValuesAt(field).Select(key => (Ordinal: Find(ordinals, field, key), Key: key)).OrderBy(found => found.Ordinal ?? int.MaxValue)];

    private int? Find(OrdinalMap ordinals, string field, JsonElement key) => KeyOf(key) is { } read ? ordinals.Find(_targets[field], read) : null;

    internal static RecordKey? KeyOf(JsonElement key) => key.ValueKind == JsonValueKind.Number && key.TryGetInt64(out var integer)
        ? RecordKey.From(integer)
        : JsonKey.TryRead(JsonMarshal.GetRawUtf8Value(key), out var read) ? read : null;
}
