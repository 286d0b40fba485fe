namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>A release.</summary>
internal sealed class ReleaseRow
{
    public long Id { get; set; }

    public long OrganizationId { get; set; }

    public required string Version { get; set; }

    public DateTimeOffset DateAdded { get; set; }

    public string? Package { get; set; }

    public long? Major { get; set; }

    public long? Minor { get; set; }

    public long? Patch { get; set; }

    public long? Revision { get; set; }

    public string? Prerelease { get; set; }

    public string? BuildCode { get; set; }

    public long? BuildNumber { get; set; }

    public int? Status { get; set; }

    public required string Data { get; set; }

    public int NewGroups { get; set; }

    public int? CommitCount { get; set; }

    public required string[] Authors { get; set; }

    public int? TotalDeploys { get; set; }
}
