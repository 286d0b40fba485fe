namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Widget : IRow
{
    public long Id { get; set; }

    public required string Title { get; set; }

    public required string Query { get; set; }

    public int Kind { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    public DateTime CreatedAt { get; set; }

    public bool IsHidden { get; set; }

    public double Threshold { get; set; }

    public long DashboardId { get; set; }

    public Dashboard? Dashboard { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Widget>(Id);
        DashboardId = keys.Of<Dashboard>(DashboardId);
    }
}
