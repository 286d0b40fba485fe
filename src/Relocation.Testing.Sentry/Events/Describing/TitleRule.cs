namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>
/// Which title a group has after another event: real ones win over those that stand for none (docs/events.md, A group that exists).
/// </summary>
internal static class TitleRule
{
    /// <summary>Whether a title says nothing: <c>&lt;untitled&gt;</c>, <c>&lt;unknown&gt;</c>, <c>&lt;unlabeled event&gt;</c> or <c>Error</c>.</summary>
    internal static bool IsPlaceholder(string title) => title is "<untitled>" or "<unknown>" or "<unlabeled event>" or "Error";

    /// <summary>The title that stays; null where there is none.</summary>
    /// <param name="existing">The group's, or null.</param>
    /// <param name="incoming">The event's, or null.</param>
    internal static string? Merge(string? existing, string? incoming) =>
        incoming is not null && !IsPlaceholder(incoming) ? incoming
        : existing is null ? null
        : IsPlaceholder(existing) ? incoming
        : existing;
}
