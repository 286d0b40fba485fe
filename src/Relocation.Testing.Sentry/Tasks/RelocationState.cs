namespace Relocation.Testing;

/// <summary>A relocation as the database has it (docs/sentry-import.md, section 10.1).</summary>
public sealed record RelocationState
{
    /// <summary>Its identity.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>How far it is.</summary>
    public required RelocationStep Step { get; init; }

    /// <summary>What is becoming of it.</summary>
    public required RelocationStatus Status { get; init; }

    /// <summary>Where its file comes from.</summary>
    public required RelocationProvenance Provenance { get; init; }

    /// <summary>The user name of its owner, or null when that user is gone.</summary>
    public required string? Owner { get; init; }

    /// <summary>The user name of who asked for it, or null when that user is gone.</summary>
    public required string? Creator { get; init; }

    /// <summary>The slugs of the wanted organizations.</summary>
    public required IReadOnlyList<string> Organizations { get; init; }

    /// <summary>The names of the users who are members of these, sorted; null until the file has been scanned.</summary>
    public required IReadOnlyList<string>? Usernames { get; init; }

    /// <summary>The task that was started last.</summary>
    public required RelocationTaskName LatestTask { get; init; }

    /// <summary>How many times it was started.</summary>
    public required int LatestTaskAttempts { get; init; }

    /// <summary>Where it will be paused, or null.</summary>
    public required RelocationStep? PauseAt { get; init; }

    /// <summary>Where it will be cancelled, or null.</summary>
    public required RelocationStep? CancelAt { get; init; }

    /// <summary>Why it has failed, in at most 256 characters; null as long as it has not.</summary>
    public required string? FailureReason { get; init; }

    /// <summary>What came of its validation, or null before there is one.</summary>
    public required RelocationValidationStatus? Validation { get; init; }

    /// <summary>The latest message to its owner, or null before there is one.</summary>
    public required RelocationMessageKind? LatestNotified { get; init; }

    /// <summary>When imported users were told how to claim their accounts, or null.</summary>
    public required DateTimeOffset? ClaimsSentAt { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset? DateAdded { get; init; }

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>Until when a runner has it, or null while none has.</summary>
    public required DateTimeOffset? HeldUntil { get; init; }

    /// <summary>All messages, in the order in which they were written.</summary>
    public required IReadOnlyList<RelocationMessage> Messages { get; init; }
}
