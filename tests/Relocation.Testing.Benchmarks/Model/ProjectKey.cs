namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class ProjectKey : IRow
{
    public long Id { get; set; }

    public required string PublicKey { get; set; }

    public required string SecretKey { get; set; }

    public required string Label { get; set; }

    public int RateLimit { get; set; }

    public int RateWindow { get; set; }

    public int Status { get; set; }

    public DateTime CreatedAt { get; set; }

    public bool IsActive { get; set; }

    public long ProjectId { get; set; }

    public Project? Project { get; set; }

    public long? CreatorId { get; set; }

    public Person? Creator { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<ProjectKey>(Id);
        ProjectId = keys.Of<Project>(ProjectId);
        CreatorId = keys.Of<Person>(CreatorId);
    }
}
