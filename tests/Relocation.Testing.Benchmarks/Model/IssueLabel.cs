namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class IssueLabel : IRow
{
    public long Id { get; set; }

    public DateTime AddedAt { get; set; }

    public required string Note { get; set; }

    public required string Reason { get; set; }

    public bool IsAutomatic { get; set; }

    public double Confidence { get; set; }

    public int Position { get; set; }

    public long IssueId { get; set; }

    public Issue? Issue { get; set; }

    public long LabelId { get; set; }

    public Label? Label { get; set; }

    public long? PersonId { get; set; }

    public Person? Person { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<IssueLabel>(Id);
        IssueId = keys.Of<Issue>(IssueId);
        LabelId = keys.Of<Label>(LabelId);
        PersonId = keys.Of<Person>(PersonId);
    }
}
