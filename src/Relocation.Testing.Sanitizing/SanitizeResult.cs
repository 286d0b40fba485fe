namespace Relocation.Testing;

/// <summary>What sanitising did.</summary>
public sealed class SanitizeResult
{
    internal SanitizeResult(
        long records,
        IReadOnlyDictionary<ModelLabel, long> dropped,
        IReadOnlyDictionary<(ModelLabel Model, string Field), long> replaced,
        long elsewhere,
        IReadOnlyList<KeptField> kept)
    {
        Records = records;
        Dropped = dropped;
        Replaced = replaced;
        ReplacedElsewhere = elsewhere;
        Kept = kept;
    }

    /// <summary>How many records were written.</summary>
    public long Records { get; }

    /// <summary>How many records were left out, by labels that the model does not have.</summary>
    public IReadOnlyDictionary<ModelLabel, long> Dropped { get; }

    /// <summary>How many values a rule replaced by others, by model and field.</summary>
    public IReadOnlyDictionary<(ModelLabel Model, string Field), long> Replaced { get; }

    /// <summary>How many values of other fields held such a value, and were changed.</summary>
    public long ReplacedElsewhere { get; }

    /// <summary>
    /// The fields without a rule that hold text, JSON, dates or bytes, and whose values stay as they are; sorted by model and field. Those
    /// that a rule of <see cref="SanitizeKind.Keep"/> accepts, and the members of enums, are not among them.
    /// </summary>
    public IReadOnlyList<KeptField> Kept { get; }

    /// <summary>
    /// How texts in fields of <see cref="FieldEncoding.JsonText"/> were read, which constants there are written like; null when the backup has none.
    /// </summary>
    public JsonTextReport? JsonTexts { get; internal init; }

    /// <summary>The counts.</summary>
    public override string ToString() =>
        $"{Records} records; {Replaced.Values.Sum()} values of {Replaced.Count} fields replaced, {ReplacedElsewhere} others changed, {Kept.Count} fields kept; {Dropped.Values.Sum()} records left out";
}
