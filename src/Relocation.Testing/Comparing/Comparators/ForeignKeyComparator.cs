using System.Globalization;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Backups;

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
            throw Errors.NoOrdinals();
        }

        foreach (var field in Fields)
        {
            CompareField(pair, field, leftOrdinals, rightOrdinals);
        }
    }

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right) => Compare(pair);

    private void CompareField(RecordPair pair, string field, OrdinalMap leftOrdinals, OrdinalMap rightOrdinals)
    {
        // Almost every reference is one whole number, for which no list is made.
        if (pair.Left.TryGetField(field, out var left) && pair.Right.TryGetField(field, out var right)
            && left.ValueKind != JsonValueKind.Array && right.ValueKind != JsonValueKind.Array)
        {
            CompareKeys(pair, field, (Find(leftOrdinals, field, left), left), (Find(rightOrdinals, field, right), right));
            return;
        }

        var lefts = Sorted(pair.Left, field, leftOrdinals);
        var rights = Sorted(pair.Right, field, rightOrdinals);
        if (lefts.Count != rights.Count)
        {
            Report(pair, string.Create(
                CultureInfo.InvariantCulture, $"the left `{field}` holds {lefts.Count} references, the right one {rights.Count}"));
            return;
        }

        foreach (var (one, other) in lefts.Zip(rights))
        {
            CompareKeys(pair, field, one, other);
        }
    }

    private void CompareKeys(RecordPair pair, string field, (int? Ordinal, JsonElement Key) left, (int? Ordinal, JsonElement Key) right)
    {
        if (left.Ordinal is null)
        {
            Report(pair, $"the left foreign key ordinal for `{_targets[field]}` model with pk `{left.Key}` could not be found");
        }

        if (right.Ordinal is null)
        {
            Report(pair, $"the right foreign key ordinal for `{_targets[field]}` model with pk `{right.Key}` could not be found");
        }

        if (left.Ordinal is { } before && right.Ordinal is { } after && before != after)
        {
            Report(pair, string.Create(
                CultureInfo.InvariantCulture,
                $"the left foreign key `{field}` leads to ordinal {before} of `{_targets[field]}`, and the right one to ordinal {after}"));
        }
    }

    /// <summary>Relations of many records have no order of their own.</summary>
    private List<(int? Ordinal, JsonElement Key)> Sorted(ComparedRecord record, string field, OrdinalMap ordinals) =>
        [.. record.ValuesAt(field).Select(key => (Ordinal: Find(ordinals, field, key), Key: key)).OrderBy(found => found.Ordinal ?? int.MaxValue)];

    private int? Find(OrdinalMap ordinals, string field, JsonElement key)
    {
        if (key.ValueKind == JsonValueKind.Number && key.TryGetInt64(out var integer))
        {
            return ordinals.Find(_targets[field], RecordKey.From(integer));
        }

        return JsonText.TryReadKey(Encoding.UTF8.GetBytes(key.GetRawText()), out var read) ? ordinals.Find(_targets[field], read) : null;
    }
}
