using System.Text.Json;

namespace Relocation.Testing.Sentry.Comparing;

/// <summary>
/// Asks another comparator only about values that differ. Sentry's own comparators require an import to replace some values, which are the
/// same in equal backups.
/// </summary>
internal sealed class UnlessEqualComparator : RecordComparator
{
    private readonly RecordComparator _inner;

    private UnlessEqualComparator(RecordComparator inner)
        : base(inner.Fields) => _inner = inner;

    /// <inheritdoc />
    public override string Kind => _inner.Kind;

    /// <summary>A map whose comparators of forms, dates and passwords look only at values that differ.</summary>
    internal static ComparatorMap In(ComparatorMap map) => map.Models.Aggregate(map, (rest, model) =>
        rest.With(model, map.Of(model).Where(IsStrict).SelectMany(Of)));

    private static bool IsStrict(RecordComparator comparator) =>
        comparator is RegexComparator or UserPasswordObfuscatingComparator or DateUpdatedComparator;

    /// <summary>The comparator field by field.</summary>
    private static IEnumerable<RecordComparator> Of(RecordComparator comparator) =>
        comparator.Fields.Select(field => new UnlessEqualComparator(comparator.Without(comparator.Fields.Where(other => other != field))!));

    /// <inheritdoc />
    public override void CheckExistence(RecordPair pair) => _inner.CheckExistence(pair);

    /// <inheritdoc />
    public override void Compare(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var isLeft = pair.Left.TryGetField(Fields[0], out var left);
        var isRight = pair.Right.TryGetField(Fields[0], out var right);
        if (isLeft != isRight || (isLeft && !AreEqual(left, right)))
        {
            _inner.Compare(pair);
        }
    }

    /// <inheritdoc />
    public override void Scrub(RecordPair pair) => _inner.Scrub(pair);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right) => Compare(pair);
}
