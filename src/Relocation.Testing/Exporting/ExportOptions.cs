using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Relocation.Testing;

/// <summary>What an export takes, and how it writes it.</summary>
public sealed record ExportOptions
{
    /// <summary>The scopes that are exported. Default: everything.</summary>
    public ImportScope Scope { get; init; } = ImportScope.Everything;

    /// <summary>
    /// The only models that are exported, or null for all. Records that refer to records of others are left out, unless
    /// <see cref="UnexportedReferences"/> keeps them. Default: all.
    /// </summary>
    public IReadOnlyCollection<ModelLabel>? OnlyModels { get; init; }

    /// <summary>What is different for single models: filters, references. Default: nothing.</summary>
    public IReadOnlyDictionary<ModelLabel, ModelExportOptions> Models { get; init; } = new Dictionary<ModelLabel, ModelExportOptions>();

    /// <summary>Rules that decide about records after the filters. Default: none.</summary>
    public IReadOnlyList<ExportRule> Rules { get; init; } = [];

    /// <summary>What happens to records that refer to ones which are not exported. Default: they are left out too.</summary>
    public UnexportedReferencePolicy UnexportedReferences { get; init; } = UnexportedReferencePolicy.LeaveOut;

    /// <summary>
    /// By how many spaces each level is indented; 0 puts everything on one line. An encrypted backup is always on one line. Default: 2.
    /// </summary>
    public int Indentation { get; init; } = 2;

    /// <summary>How exactly moments are written. Keys are always written exactly. Default: with all that their columns hold.</summary>
    public MomentPrecision Moments { get; init; } = MomentPrecision.Exact;

    /// <summary>Keeps each model's records for another attempt, and is asked for them before the database is. Default: nothing does.</summary>
    public ExportCheckpoint? Checkpoint { get; init; }

    /// <summary>
    /// How long others are waited for that have locked what the export reads. After a second <see cref="Logger"/> is told who they are, and at the
    /// end a <see cref="DatabaseException"/> says so; zero waits for nobody. It counts instead of time limits of the connection. Default: that of the
    /// test database (<see cref="DatabaseOptions.WaitLimit"/>), else 5 minutes.
    /// </summary>
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>Hears how far the export is: after every few thousand records, and after each model. Default: none.</summary>
    public IProgress<ExportProgress>? Progress { get; init; }

    /// <summary>Where models and their counts are logged. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Whether some record may be left out for another reason than a reference.</summary>
    internal bool IsSelective(RelocationModel model) =>
        Rules.Count > 0 || OnlyModels is not null || Models.Values.Any(options => options.Filter is not null)
        || model.Entities.Any(entity => entity.Scopes.Count > 0 && !entity.Scopes.All(Scope.Takes));

    /// <summary>Whether records of the model may be exported.</summary>
    internal bool Takes(RelocationEntity entity) =>
        (entity.Scopes.Count == 0 || entity.Scopes.Any(Scope.Takes)) && (OnlyModels is null || OnlyModels.Contains(entity.Label));

    internal UnexportedReferencePolicy PolicyOf(RelocationEntity entity, RelocationReference reference)
    {
        if (Models.GetValueOrDefault(entity.Label) is { } options)
        {
            foreach (var name in reference.Fields.Prepend(reference.Name))
            {
                if (options.OnUnexported.TryGetValue(name, out var policy))
                {
                    return policy;
                }
            }
        }

        return UnexportedReferences;
    }
}
