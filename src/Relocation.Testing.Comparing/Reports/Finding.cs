using System.Globalization;
using System.Text;
using Relocation.Testing.Comparing.Reports;
using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>One thing that a comparison, an import or an audit found (docs/sentry-import.md, section 8.6).</summary>
public sealed record Finding
{
    /// <summary>What a comparison's findings are called in findings files.</summary>
    public const string ComparatorFinding = "ComparatorFinding";

    /// <summary>What the finding is called in findings files. Default: <see cref="ComparatorFinding"/>.</summary>
    public string Name { get; init; } = ComparatorFinding;

    /// <summary>What kind of difference it is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The record, by its position; null when the finding is about no model.</summary>
    public InstanceId? On { get; init; }

    /// <summary>The record's key on the left side, when it is known.</summary>
    public RecordKey? LeftPk { get; init; }

    /// <summary>The record's key on the right side, when it is known.</summary>
    public RecordKey? RightPk { get; init; }

    /// <summary>What differs. It may hold field values, which only obfuscating comparators shorten. Default: empty.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The field that differs, where the finding is about one; dots lead into objects. Default: null.</summary>
    public string? Field { get; init; }

    /// <summary>What is shown of the left value, where <see cref="Field"/> is given: what kind of value it is, or the value. Default: null.</summary>
    public string? LeftValue { get; init; }

    /// <summary>What is shown of the right value, where <see cref="Field"/> is given: what kind of value it is, or the value. Default: null.</summary>
    public string? RightValue { get; init; }

    /// <summary>Where the left record stands, when it is known. Findings files do not hold it.</summary>
    public RecordPlace? LeftPlace { get; init; }

    /// <summary>Where the right record stands, when it is known. Findings files do not hold it.</summary>
    public RecordPlace? RightPlace { get; init; }

    /// <summary>Sentry's own form (docs/sentry-import.md, section 8.6), on several lines, without what is null, empty or 0.</summary>
    public string ToPretty()
    {
        var lines = new List<string> { $"kind: {Kind}" };
        Add("on", On?.ToString());
        Add("left_pk", Text(LeftPk));
        Add("right_pk", Text(RightPk));
        Add("reason", Reason);
        return ShownText.Lines(new StringBuilder(Name).Append("(\n    ").AppendJoin(",\n    ", lines).Append("\n)").ToString());

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                lines.Add($"{name}: {value}");
            }
        }

        static string? Text(RecordKey? key) => key is not { } known || known == RecordKey.From(0)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{known}");
    }

    /// <summary>The finding as a findings file holds it: sorted members, two spaces, ASCII.</summary>
    public string ToJson() => FindingJson.Write(this);

    /// <summary>The finding in one sentence: the record, its keys, what differs and the kind of finding.</summary>
    public override string ToString()
    {
        var record = (On, LeftPk, RightPk) switch
        {
            (null, _, _) => string.Empty,
            ({ } on, { } left, { } right) when left != right => $"{on.Model} {left} -> {right}: ",
            ({ } on, { } left, _) => $"{on.Model} {left}: ",
            ({ } on, _, { } right) => $"{on.Model} {right}: ",
            ({ Ordinal: > 0 } on, _, _) => string.Create(CultureInfo.InvariantCulture, $"{on.Model} number {on.Ordinal}: "),
            ({ } on, _, _) => $"{on.Model}: ",
        };
        return $"{record}{Reason} ({Kind})";
    }
}
