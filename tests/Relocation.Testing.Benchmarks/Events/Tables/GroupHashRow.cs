namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>A hash.</summary>
internal sealed class GroupHashRow
{
    public long Id { get; set; }

    public long? ProjectId { get; set; }

    public required string Hash { get; set; }

    public long? GroupId { get; set; }

    public GroupRow? Group { get; set; }

    public int? GroupTombstoneId { get; set; }

    public int? State { get; set; }
}
