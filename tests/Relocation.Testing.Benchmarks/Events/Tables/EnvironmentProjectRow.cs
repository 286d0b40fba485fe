namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>The link of an environment and a project.</summary>
internal sealed class EnvironmentProjectRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public long EnvironmentId { get; set; }

    public EnvironmentRow? Environment { get; set; }
}
