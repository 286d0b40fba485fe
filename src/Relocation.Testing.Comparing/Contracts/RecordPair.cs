using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing;

/// <summary>Two records that are compared, and what is found.</summary>
public sealed class RecordPair
{
    private readonly List<Finding> _findings = [];

    /// <summary>Pairs two records.</summary>
    /// <param name="left">The older or expected one.</param>
    /// <param name="right">The newer or actual one.</param>
    /// <param name="leftOrdinals">The positions of the left side's records, or null when they are not known.</param>
    /// <param name="rightOrdinals">The positions of the right side's records, or null when they are not known.</param>
    public RecordPair(ComparedRecord left, ComparedRecord right, OrdinalMap? leftOrdinals = null, OrdinalMap? rightOrdinals = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        (Left, Right, LeftOrdinals, RightOrdinals) = (left, right, leftOrdinals, rightOrdinals);
    }

    /// <summary>Pairs two records whose findings are for people, where it is said how they show values.</summary>
    internal RecordPair(ComparedRecord left, ComparedRecord right, OrdinalMap leftOrdinals, OrdinalMap rightOrdinals, ShownValues? shown)
        : this(left, right, leftOrdinals, rightOrdinals) => Shown = shown;

    /// <summary>The record's name, which both sides share.</summary>
    public InstanceId On => new(Right.Model, Right.Ordinal);

    /// <summary>The older or expected record.</summary>
    public ComparedRecord Left { get; }

    /// <summary>The newer or actual record.</summary>
    public ComparedRecord Right { get; }

    /// <summary>The positions of the left side's records, or null when they are not known.</summary>
    public OrdinalMap? LeftOrdinals { get; }

    /// <summary>The positions of the right side's records, or null when they are not known.</summary>
    public OrdinalMap? RightOrdinals { get; }

    /// <summary>How findings show values; null where they are worded as Sentry words them.</summary>
    internal ShownValues? Shown { get; }

    /// <summary>Whether both backups are known to take texts in fields of <see cref="FieldEncoding.JsonText"/> as they are.</summary>
    internal bool TextsStandForThemselves { get; init; }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Notes a difference.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="reason">What differs.</param>
    public void Report(FindingKind kind, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        _findings.Add(new Finding
        {
            Kind = kind,
            On = On,
            LeftPk = Shown is null ? Left.Pk : Shown.Of(Left.Pk),
            RightPk = Shown is null ? Right.Pk : Shown.Of(Right.Pk),
            Reason = reason,
        });
    }

    /// <summary>Notes a difference of a field, for people.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="field">The field's name; dots lead into objects.</param>
    /// <param name="what">What differs, after the field's name.</param>
    /// <param name="left">What is shown of the left value.</param>
    /// <param name="right">What is shown of the right value.</param>
    internal void Report(FindingKind kind, string field, string what, string left, string right)
    {
        Report(kind, $"`{field}` {what}: {left} on the left, {right} on the right");
        _findings[^1] = _findings[^1] with { Field = field, LeftValue = left, RightValue = right };
    }
}
