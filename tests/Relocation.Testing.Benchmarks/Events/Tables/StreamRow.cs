namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>What a reader keeps of the stream.</summary>
internal sealed class StreamRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public required string Day { get; set; }

    public required string EventId { get; set; }

    public long OrganizationId { get; set; }

    public DateTimeOffset Timestamp { get; set; }

    public long? GroupId { get; set; }

    public GroupRow? Group { get; set; }

    public required string Type { get; set; }

    public string? Platform { get; set; }

    public required string Message { get; set; }

    public string? PrimaryHash { get; set; }

    public string? Release { get; set; }

    public string? Environment { get; set; }

    public required string Data { get; set; }

    public required string State { get; set; }

    public long SeqId { get; set; }

    public StreamLogRow? Seq { get; set; }

    public int Inserts { get; set; }
}
