namespace Relocation.Testing;

/// <summary>The outcome of saving an event.</summary>
public enum EventOutcome
{
    /// <summary>It was stored.</summary>
    Saved,

    /// <summary>
    /// One of its hashes has a tombstone, and none before it a group: Sentry raises <c>HashDiscarded</c>. Release and hashes are kept;
    /// group, environment, payload and stream rows are not written.
    /// </summary>
    Discarded,

    /// <summary>
    /// Its hash belongs to a group that is not a group of errors. Sentry returns the event without a group; only its release and hashes are
    /// stored.
    /// </summary>
    NotGrouped,

    /// <summary>
    /// It was not normalised and lacks what a group needs: a known type, or a level. Sentry raises an error; the release is kept, and, if
    /// the level is wrong, the hashes. <see cref="EventResult.Reason"/> says what is wrong.
    /// </summary>
    Failed,
}
