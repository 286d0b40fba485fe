namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>A payload.</summary>
internal sealed class NodeRow
{
    public required string Id { get; set; }

    public required string Data { get; set; }

    public DateTimeOffset Timestamp { get; set; }
}
