namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>A group.</summary>
internal sealed class GroupRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public long? ShortId { get; set; }

    public required string Logger { get; set; }

    public int Level { get; set; }

    public required string Message { get; set; }

    public string? View { get; set; }

    public string? Platform { get; set; }

    public int Status { get; set; }

    public int? Substatus { get; set; }

    public int TimesSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    public DateTimeOffset FirstSeen { get; set; }

    public long? FirstReleaseId { get; set; }

    public ReleaseRow? FirstRelease { get; set; }

    public DateTimeOffset? ActiveAt { get; set; }

    public int Score { get; set; }

    public string? Data { get; set; }

    public int? Priority { get; set; }

    public int? NumComments { get; set; }

    public int TimeSpentTotal { get; set; }

    public int TimeSpentCount { get; set; }

    public bool? IsPublic { get; set; }

    public int Type { get; set; }
}
