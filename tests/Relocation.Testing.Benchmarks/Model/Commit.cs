namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Commit : IRow
{
    public long Id { get; set; }

    public required string Hash { get; set; }

    public required string Message { get; set; }

    public DateTime AuthoredAt { get; set; }

    public int LinesAdded { get; set; }

    public int LinesRemoved { get; set; }

    public bool IsMerge { get; set; }

    public required string Branch { get; set; }

    public long RepositoryId { get; set; }

    public Repository? Repository { get; set; }

    public long? AuthorId { get; set; }

    public Person? Author { get; set; }

    public long? ReleaseId { get; set; }

    public Release? Release { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Commit>(Id);
        RepositoryId = keys.Of<Repository>(RepositoryId);
        AuthorId = keys.Of<Person>(AuthorId);
        ReleaseId = keys.Of<Release>(ReleaseId);
    }
}
