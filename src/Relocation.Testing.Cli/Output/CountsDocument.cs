namespace Relocation.Testing.Cli.Output;

/// <summary>The sums of an import's counts.</summary>
internal sealed class CountsDocument
{
    private readonly ImportResult _result;

    internal CountsDocument(ImportResult result) => _result = result;

    public long Records => _result.RecordCount;

    public long Inserted => _result.Models.Sum(model => model.Inserted);

    public long Existing => _result.Models.Sum(model => model.Existing);

    public long Overwritten => _result.Models.Sum(model => model.Overwritten);

    public long OutOfScope => _result.Models.Sum(model => model.OutOfScope);

    public long Filtered => _result.Models.Sum(model => model.Filtered);

    public int Dropped => _result.Dropped.Count;

    public int DroppedElements => _result.DroppedElements.Count;

    public long OfUnknownModels => _result.Drift.UnknownModels.Sum(model => model.Records);

    public long OfDroppedModels => _result.Drift.Declared.Where(drift => drift.Kind == BackupRuleKind.ModelDropped).Sum(drift => drift.Records);

    public long ReferencesSetToNull => _result.Models.Sum(model => model.ReferencesSetToNull);

    public int CommittedChunks => _result.CommittedChunks;

    public int ResumedChunks => _result.ResumedChunks;
}
