namespace Relocation.Testing;

/// <summary>One version of Sentry whose models are known.</summary>
/// <param name="Version">Its name among <see cref="SentryModel.Versions"/>, for example <c>24.1.2</c>, or <c>head</c>.</param>
/// <param name="Number">The version number that Sentry itself gives it, for example <c>24.9.0.dev0</c> for the head.</param>
/// <param name="Date">The date of the described source.</param>
/// <param name="Derived">
/// What no source of that version states: it was derived from another version, or from how Sentry makes such tables. Everything else for
/// which an older version's source was not read (column types, indexes) is as in <c>head</c>.
/// </param>
public sealed record SentryRelease(string Version, string Number, DateOnly Date, IReadOnlyList<string> Derived)
{
    /// <summary>
    /// Whether not everything of the version was read, so that its own backups may hold models and fields that are unknown here; these are
    /// reported as drift, never invented (docs/sentry-versions.md). Default: no.
    /// </summary>
    public bool IsPartial { get; init; }
}
