namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Stage : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public bool IsHidden { get; set; }

    public DateTime CreatedAt { get; set; }

    public required string Color { get; set; }

    public int Position { get; set; }

    public required string Notes { get; set; }

    public required string Url { get; set; }

    public long ProjectId { get; set; }

    public Project? Project { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Stage>(Id);
        ProjectId = keys.Of<Project>(ProjectId);
    }
}
