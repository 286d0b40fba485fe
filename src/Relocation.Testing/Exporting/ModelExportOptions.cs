namespace Relocation.Testing;

/// <summary>What one export does differently with one model.</summary>
public sealed record ModelExportOptions
{
    /// <summary>Which records are taken. Those that refer to a record that is not are left out with it. Default: all.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>What happens to records that refer to ones which are not exported, by the reference's name or field. Default: as for all models.</summary>
    public IReadOnlyDictionary<string, UnexportedReferencePolicy> OnUnexported { get; init; } =
        new Dictionary<string, UnexportedReferencePolicy>();
}
