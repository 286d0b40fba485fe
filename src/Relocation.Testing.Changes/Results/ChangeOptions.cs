namespace Relocation.Testing;

/// <summary>From when changes are told, and what their text shows (docs/changes.md).</summary>
public sealed record ChangeOptions
{
    /// <summary>The mark since which changes are told, or null for since the database was handed out. Default: null.</summary>
    public string? Since { get; init; }

    /// <summary>Whether values of fields that sanitising replaces (<c>[Sanitized]</c>) are shown. Default: no, as <c>(sanitized)</c>.</summary>
    public bool ShowSanitized { get; init; }

    /// <summary>Whether dates with a time of day are shown. Default: no, as <c>(time)</c>, since most come from the clock.</summary>
    public bool ShowTimes { get; init; }

    /// <summary>Whether Guids are shown that are neither keys nor references. Default: no, as <c>(guid)</c>.</summary>
    public bool ShowGuids { get; init; }

    /// <summary>
    /// Fields whose values differ in every run, besides those with <c>[Volatile]</c>: <c>shop.order.number</c>, or <c>number</c> for all models.
    /// They are shown as <c>(volatile)</c>. Default: none.
    /// </summary>
    public IReadOnlyList<string> Volatile { get; init; } = [];
}
