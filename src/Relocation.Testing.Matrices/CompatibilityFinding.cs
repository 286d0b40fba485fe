using System.Globalization;

namespace Relocation.Testing;

/// <summary>One thing that differs between a backup and a version of the tables.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Subject">A model's label, a field as <c>app.model.field</c>, or the place of a problem: line, column, pointer, model and key.</param>
/// <param name="Records">How many records are concerned; 0 for a refusal.</param>
/// <param name="Reason">Why a backup was refused, or what a rule declares; whole sentences without values of records. Otherwise null.</param>
public sealed record CompatibilityFinding(CompatibilityFindingKind Kind, string Subject, long Records, string? Reason = null)
{
    /// <summary>The difference in one line.</summary>
    public override string ToString() => Kind switch
    {
        CompatibilityFindingKind.UnknownModel => $"unknown model {Subject}: {Counted}",
        CompatibilityFindingKind.UnknownField => $"unknown field {Subject}: {Counted}",
        CompatibilityFindingKind.DefaultedField => $"defaulted field {Subject}: {Counted}",
        CompatibilityFindingKind.Declared => $"declared {Reason}: {Counted}",
        CompatibilityFindingKind.DroppedRecord => $"dropped {Subject}: {Counted}",
        _ => $"{Subject}: {Reason}",
    };

    private string Counted => string.Create(CultureInfo.InvariantCulture, $"{Records} record{(Records == 1 ? string.Empty : "s")}");
}
