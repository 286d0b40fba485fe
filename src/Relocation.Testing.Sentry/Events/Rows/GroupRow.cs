using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A group of events.</summary>
internal sealed class GroupRow : BatchRow
{
    internal const int Unresolved = 0;

    internal const int Resolved = 1;

    /// <summary>The type of groups of errors; all others belong to other parts of the application.</summary>
    private const int ErrorType = 1;

    private readonly string? _storedData;
    private JsonObject? _data;

    internal GroupRow(string? storedData) => _storedData = storedData;

    internal GroupRow(JsonObject data) => _data = data;

    internal required long ProjectId { get; init; }

    internal required long? ShortId { get; init; }

    internal required long Type { get; init; }

    internal required long Status { get; set; }

    internal required long? Substatus { get; set; }

    internal required long Level { get; set; }

    internal required string Message { get; set; }

    internal required string? Culprit { get; set; }

    internal required DateTimeOffset FirstSeen { get; set; }

    internal required DateTimeOffset LastSeen { get; set; }

    internal required DateTimeOffset? ActiveAt { get; set; }

    internal required long TimesSeen { get; set; }

    internal required long Score { get; set; }

    /// <summary>What only a new row needs.</summary>
    internal string? Platform { get; init; }

    internal string Logger { get; init; } = string.Empty;

    internal int? Priority { get; init; }

    internal ReleaseRow? FirstRelease { get; init; }

    /// <summary>Whether its last sighting has changed, which most of its indexes hold.</summary>
    internal bool IsSeen { get; set; }

    /// <summary>Whether its level or its first sighting has changed.</summary>
    internal bool HasOtherLevel { get; set; }

    /// <summary>Whether it was resolved and is open again, so that its states and dates have changed.</summary>
    internal bool IsReopened { get; set; }

    internal bool IsOfErrors => Type == ErrorType;

    /// <summary>Type, culprit, metadata, title and location of the latest events; read when it is first needed.</summary>
    internal JsonObject Data
    {
        get => _data ??= StoredObject.Parse(_storedData);
        set => _data = value;
    }
}
