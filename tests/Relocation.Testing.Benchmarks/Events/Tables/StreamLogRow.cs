namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>An insert into the stream.</summary>
internal sealed class StreamLogRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public required string Day { get; set; }

    public required string EventId { get; set; }

    public DateTimeOffset Timestamp { get; set; }

    public long? GroupId { get; set; }

    public GroupRow? Group { get; set; }

    public string? PrimaryHash { get; set; }

    public required string State { get; set; }
}
