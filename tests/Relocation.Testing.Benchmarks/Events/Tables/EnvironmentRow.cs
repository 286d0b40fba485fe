namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>An environment.</summary>
internal sealed class EnvironmentRow
{
    public long Id { get; set; }

    public long OrganizationId { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset DateAdded { get; set; }
}
