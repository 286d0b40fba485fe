namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Webhook : IRow
{
    public long Id { get; set; }

    public required string Url { get; set; }

    public required string Secret { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? LastSentAt { get; set; }

    public int Failures { get; set; }

    public bool IsEnabled { get; set; }

    public required string Description { get; set; }

    public long IntegrationId { get; set; }

    public Integration? Integration { get; set; }

    public long? ProjectId { get; set; }

    public Project? Project { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Webhook>(Id);
        IntegrationId = keys.Of<Integration>(IntegrationId);
        ProjectId = keys.Of<Project>(ProjectId);
    }
}
