namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Comment : IRow
{
    public long Id { get; set; }

    public required string Text { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? EditedAt { get; set; }

    public bool IsDeleted { get; set; }

    public int Likes { get; set; }

    public required string Language { get; set; }

    public long IssueId { get; set; }

    public Issue? Issue { get; set; }

    public long AuthorId { get; set; }

    public Person? Author { get; set; }

    public long? ParentId { get; set; }

    public Comment? Parent { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Comment>(Id);
        IssueId = keys.Of<Issue>(IssueId);
        AuthorId = keys.Of<Person>(AuthorId);
        ParentId = keys.Of<Comment>(ParentId);
    }
}
