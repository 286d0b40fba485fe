namespace Relocation.Testing;

/// <summary>A relocation as stored in the database (docs/sentry-import.md, section 10.1).</summary>
public sealed record RelocationState
{
    /// <summary>Its identity.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The current step.</summary>
    public required RelocationStep Step { get; init; }

    /// <summary>The status.</summary>
    public required RelocationStatus Status { get; init; }

    /// <summary>Where its file comes from.</summary>
    public required RelocationProvenance Provenance { get; init; }

    /// <summary>The user name of its owner, or null if that user no longer exists.</summary>
    public required string? Owner { get; init; }

    /// <summary>The user name of the requester, or null if that user no longer exists.</summary>
    public required string? Creator { get; init; }

    /// <summary>The slugs of the wanted organizations.</summary>
    public required IReadOnlyList<string> Organizations { get; init; }

    /// <summary>The names of their members, sorted; null until the file was scanned.</summary>
    public required IReadOnlyList<string>? Usernames { get; init; }

    /// <summary>The latest task.</summary>
    public required RelocationTaskName LatestTask { get; init; }

    /// <summary>How often it was started.</summary>
    public required int LatestTaskAttempts { get; init; }

    /// <summary>The step before which it will pause, or null.</summary>
    public required RelocationStep? PauseAt { get; init; }

    /// <summary>The step before which it will be cancelled, or null.</summary>
    public required RelocationStep? CancelAt { get; init; }

    /// <summary>Why it failed, in at most 256 characters; null if it has not failed.</summary>
    public required string? FailureReason { get; init; }

    /// <summary>The status of its validation, or null before there is one.</summary>
    public required RelocationValidationStatus? Validation { get; init; }

    /// <summary>The latest message to its owner, or null before there is one.</summary>
    public required RelocationMessageKind? LatestNotified { get; init; }

    /// <summary>When imported users were told how to claim their accounts, or null.</summary>
    public required DateTimeOffset? ClaimsSentAt { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset? DateAdded { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>Until when a runner holds it, or null if none does.</summary>
    public required DateTimeOffset? HeldUntil { get; init; }

    /// <summary>All messages, in the order in which they were written.</summary>
    public required IReadOnlyList<RelocationMessage> Messages { get; init; }
}
