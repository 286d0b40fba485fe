namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Alert : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string ConditionText { get; set; }

    public double Threshold { get; set; }

    public int Window { get; set; }

    public int Status { get; set; }

    public bool IsEnabled { get; set; }

    public DateTime CreatedAt { get; set; }

    public required string Summary { get; set; }

    public long ProjectId { get; set; }

    public Project? Project { get; set; }

    public long? OwnerId { get; set; }

    public Person? Owner { get; set; }

    public long? StageId { get; set; }

    public Stage? Stage { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Alert>(Id);
        ProjectId = keys.Of<Project>(ProjectId);
        OwnerId = keys.Of<Person>(OwnerId);
        StageId = keys.Of<Stage>(StageId);
    }
}
