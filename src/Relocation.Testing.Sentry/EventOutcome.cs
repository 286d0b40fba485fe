namespace Relocation.Testing;

/// <summary>What became of an event (event specification, sections 5, 8 and 12).</summary>
public enum EventOutcome
{
    /// <summary>It was stored.</summary>
    Saved,

    /// <summary>
    /// One of its hashes leads to a tombstone, and none before it to a group: Sentry raises <c>HashDiscarded</c>. Its release and its hashes stay;
    /// there is no group, environment, payload or stream row (addendum, E-58).
    /// </summary>
    Discarded,

    /// <summary>
    /// Its hash leads to a group that is not of errors. Sentry returns the event without a group; nothing is stored but its release and its hashes
    /// (addendum, E-59).
    /// </summary>
    NotGrouped,

    /// <summary>
    /// It was not normalised and lacks what a group needs: a type that there is, or a level. Sentry raises an error; the release stays, and, where the
    /// level is wrong, the hashes (addendum, E-42, E-44, E-53). <see cref="EventResult.Reason"/> says what is wrong.
    /// </summary>
    Failed,
}
