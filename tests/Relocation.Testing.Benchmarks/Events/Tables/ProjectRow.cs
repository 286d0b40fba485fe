namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>A project that events belong to.</summary>
internal sealed class ProjectRow
{
    public long Id { get; set; }

    public long OrganizationId { get; set; }

    public string? Slug { get; set; }

    public long? Flags { get; set; }

    public DateTimeOffset? FirstEvent { get; set; }
}
