namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class AlertAction : IRow
{
    public long Id { get; set; }

    public int Kind { get; set; }

    public required string Target { get; set; }

    public required string Message { get; set; }

    public int Delay { get; set; }

    public bool IsEnabled { get; set; }

    public DateTime CreatedAt { get; set; }

    public int Retries { get; set; }

    public long AlertId { get; set; }

    public Alert? Alert { get; set; }

    public long? RecipientId { get; set; }

    public Person? Recipient { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<AlertAction>(Id);
        AlertId = keys.Of<Alert>(AlertId);
        RecipientId = keys.Of<Person>(RecipientId);
    }
}
