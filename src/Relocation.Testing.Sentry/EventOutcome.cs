namespace Relocation.Testing;

/// <summary>What became of an event.</summary>
public enum EventOutcome
{
    /// <summary>It was stored.</summary>
    Saved,

    /// <summary>
    /// One of its hashes leads to a tombstone, and none before it to a group: Sentry raises <c>HashDiscarded</c>. Its release and its hashes stay;
    /// there is no group, environment, payload or stream row.
    /// </summary>
    Discarded,

    /// <summary>
    /// Its hash leads to a group that is not of errors. Sentry returns the event without a group; nothing is stored but its release and its hashes.
    /// </summary>
    NotGrouped,

    /// <summary>
    /// It was not normalised and lacks what a group needs: a type that there is, or a level. Sentry raises an error; the release stays, and, where the
    /// level is wrong, the hashes. <see cref="EventResult.Reason"/> says what is wrong.
    /// </summary>
    Failed,
}
