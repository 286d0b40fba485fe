namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>A row of <c>sentry_relocation</c> (docs/tasks.md, Tables). The last four columns are ours.</summary>
internal sealed record RelocationRow
{
    internal required long Id { get; init; }

    internal required Guid Uuid { get; init; }

    internal required long CreatorId { get; init; }

    internal required long OwnerId { get; init; }

    internal required RelocationStep Step { get; init; }

    internal RelocationProvenance Provenance { get; init; }

    internal RelocationStatus Status { get; init; }

    internal RelocationStep? PauseAt { get; init; }

    internal RelocationStep? CancelAt { get; init; }

    internal required IReadOnlyList<string> WantOrgSlugs { get; init; }

    internal IReadOnlyList<string>? WantUsernames { get; init; }

    internal RelocationMessageKind? LatestNotified { get; init; }

    internal DateTimeOffset? ClaimsSentAt { get; init; }

    internal RelocationTaskName LatestTask { get; init; }

    internal int LatestTaskAttempts { get; init; }

    internal string? FailureReason { get; init; }

    internal DateTimeOffset? DateAdded { get; init; }

    internal DateTimeOffset DateUpdated { get; init; }

    /// <summary>Whether the latest task has ended, so that the next one is due: it stands for a queue's scheduled task.</summary>
    internal bool IsLatestTaskDone { get; init; }

    internal string? LeaseOwner { get; init; }

    internal DateTimeOffset? LeaseExpiresAt { get; init; }

    /// <summary>Whether it has not ended.</summary>
    internal bool IsActive => Status is RelocationStatus.InProgress or RelocationStatus.Pause;
}
