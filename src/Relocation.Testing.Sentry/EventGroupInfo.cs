namespace Relocation.Testing;

/// <summary>The group of a saved event.</summary>
/// <param name="GroupId">The group's key.</param>
/// <param name="ShortId">The group's number within its project, as shown to users.</param>
/// <param name="IsNew">Whether the event made the group.</param>
/// <param name="IsRegression">Whether the event reopened a resolved group.</param>
/// <param name="IsNewGroupEnvironment">Whether the group is new to the event's environment.</param>
/// <param name="GroupReleaseId">The key of the row that links group, release and environment, or null if the event has no release.</param>
/// <param name="TimesSeen">
/// How often the group was seen before this event; 1 for a new group. The event itself is counted in the database, as upstream's buffer
/// does.
/// </param>
public sealed record EventGroupInfo(
    long GroupId, long? ShortId, bool IsNew, bool IsRegression, bool IsNewGroupEnvironment, long? GroupReleaseId, long TimesSeen);
