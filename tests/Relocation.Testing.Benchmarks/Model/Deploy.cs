namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Deploy : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public DateTime StartedAt { get; set; }

    public DateTime FinishedAt { get; set; }

    public required string Url { get; set; }

    public required string Notes { get; set; }

    public bool IsSuccessful { get; set; }

    public double Duration { get; set; }

    public long ReleaseId { get; set; }

    public Release? Release { get; set; }

    public long StageId { get; set; }

    public Stage? Stage { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Deploy>(Id);
        ReleaseId = keys.Of<Release>(ReleaseId);
        StageId = keys.Of<Stage>(StageId);
    }
}
