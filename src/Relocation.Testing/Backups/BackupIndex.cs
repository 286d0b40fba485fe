namespace Relocation.Testing.Backups;

/// <summary>What the first pass over a backup found: which records it holds, and where.</summary>
internal sealed class BackupIndex(
    IReadOnlyList<ModelRecords> models, IReadOnlyList<RecordRun> runs, IReadOnlyDictionary<ModelLabel, ModelRecords> byLabel)
{
    internal int RecordCount { get; } = models.Sum(model => model.Count);

    /// <summary>The models, in the order in which they appear first.</summary>
    internal IReadOnlyList<ModelRecords> Models { get; } = models;

    /// <summary>The longest runs of records that spell one label the same way, in the order of the backup.</summary>
    internal IReadOnlyList<RecordRun> Runs { get; } = runs;

    /// <summary>The records of a model, by its own label or one that the backup uses, or null when there are none.</summary>
    internal ModelRecords? Find(ModelLabel label) => byLabel.GetValueOrDefault(label);
}
