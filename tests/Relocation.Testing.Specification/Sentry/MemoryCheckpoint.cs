namespace Relocation.Testing.Specification.Sentry;

/// <summary>Keeps the records of models in memory.</summary>
internal sealed class MemoryCheckpoint : ExportCheckpoint
{
    internal Dictionary<ModelLabel, byte[]> Kept { get; } = [];

    /// <summary>The models that were stored.</summary>
    internal List<ModelLabel> Stored { get; } = [];

    public override ValueTask<Stream?> OpenAsync(ModelLabel model, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream?>(Kept.TryGetValue(model, out var records) ? new MemoryStream(records) : null);

    public override async ValueTask StoreAsync(ModelLabel model, Stream records, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await records.CopyToAsync(copy, cancellationToken);
        Kept[model] = copy.ToArray();
        Stored.Add(model);
    }
}
