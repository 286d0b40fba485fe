namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Assignment : IRow
{
    public long Id { get; set; }

    public DateTime AssignedAt { get; set; }

    public required string Note { get; set; }

    public required string Reason { get; set; }

    public bool IsAutomatic { get; set; }

    public double Weight { get; set; }

    public int Position { get; set; }

    public long IssueId { get; set; }

    public Issue? Issue { get; set; }

    public long PersonId { get; set; }

    public Person? Person { get; set; }

    public long? TeamId { get; set; }

    public Team? Team { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Assignment>(Id);
        IssueId = keys.Of<Issue>(IssueId);
        PersonId = keys.Of<Person>(PersonId);
        TeamId = keys.Of<Team>(TeamId);
    }
}
