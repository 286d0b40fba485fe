namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>A counter of short ids.</summary>
internal sealed class CounterRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public long Value { get; set; }
}
