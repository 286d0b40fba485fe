namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>What is known of an event besides its payload when it comes in.</summary>
internal sealed record EventReceipt
{
    /// <summary>When the event came in: the moment that wrong timestamps are measured and mended by.</summary>
    internal required DateTimeOffset Received { get; init; }

    /// <summary>The address of who sent it, or null when nobody knows.</summary>
    internal string? ClientAddress { get; init; }

    /// <summary>The project's id, which becomes <c>project</c>, or null to leave the payload's.</summary>
    internal long? ProjectId { get; init; }

    /// <summary>The id of the project's key, which becomes <c>key_id</c>, or null to leave the payload's.</summary>
    internal long? KeyId { get; init; }

    /// <summary>Makes an event's id of 32 hexadecimal digits, lower case, where it has none.</summary>
    internal required Func<string> FreshId { get; init; }
}
