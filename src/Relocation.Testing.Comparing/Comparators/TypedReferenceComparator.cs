using System.Text;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Reports;

namespace Relocation.Testing.Comparing.Comparators;

/// <summary>
/// Compares what types of a hierarchy keep under one name: references to different models, or values that are none. Two values are the same
/// when they lead to the same position in one of the models, or lead nowhere and are the same as they are.
/// </summary>
internal sealed class TypedReferenceComparator : RecordComparator
{
    private readonly ILookup<string, ModelLabel> _targets;

    internal TypedReferenceComparator(IReadOnlyList<KeyValuePair<string, ModelLabel>> targets)
        : base(targets.Select(target => target.Key).Distinct()) =>
        _targets = targets.Distinct().ToLookup(target => target.Key, target => target.Value, StringComparer.Ordinal);

    /// <inheritdoc />
    public override string Kind => nameof(ForeignKeyComparator);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (pair.LeftOrdinals is not { } leftOrdinals || pair.RightOrdinals is not { } rightOrdinals)
        {
            throw ComparisonErrors.NoOrdinals();
        }

        var found = _targets[field].Select(target => (Left: Find(leftOrdinals, target, left), Right: Find(rightOrdinals, target, right))).ToList();
        var isSame = found.Exists(ordinals => ordinals.Left is not null && ordinals.Left == ordinals.Right)
            || (found.TrueForAll(ordinals => ordinals is { Left: null, Right: null }) && AreEqual(left, right));
        if (!isSame)
        {
            ReportUnequal(pair, field, left.GetRawText(), right.GetRawText());
        }
    }

    /// <inheritdoc />
    internal override IEnumerable<FoundReference> ReferencesOf(ComparedRecord record)
    {
        foreach (var field in Fields)
        {
            if (record.TryGetField(field, out var key) && JsonKey.TryRead(Encoding.UTF8.GetBytes(key.GetRawText()), out var read))
            {
                foreach (var target in _targets[field])
                {
                    yield return new FoundReference(field, target, read, key.GetRawText()) { OneOf = _targets[field] };
                }
            }
        }
    }

    private static int? Find(OrdinalMap ordinals, ModelLabel target, JsonElement key) =>
        JsonKey.TryRead(Encoding.UTF8.GetBytes(key.GetRawText()), out var read) ? ordinals.Find(target, read) : null;
}
