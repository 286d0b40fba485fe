using System.Text.Json.Serialization;
using Relocation.Testing.Backups;

namespace Relocation.Testing;

/// <summary>What became of every record of a backup.</summary>
public sealed class ImportResult
{
    [JsonConstructor]
    internal ImportResult()
    {
    }

    /// <summary>Which row each record became.</summary>
    public required PrimaryKeyMap Map { get; init; }

    /// <summary>Counts for each model of the backup that the model knows, in the order of the plan.</summary>
    public required IReadOnlyList<ModelCounts> Models { get; init; }

    /// <summary>
    /// Counts for each member that becomes rows and of which the backup holds elements, in the order of the plan and of members' names.
    /// </summary>
    public IReadOnlyList<MemberCounts> Members { get; init; } = [];

    /// <summary>How many records filters left out, for each model and reason, in the order of the plan.</summary>
    public IReadOnlyList<FilteredRecords> Filtered { get; init; } = [];

    /// <summary>
    /// The records that were not written because a reference leads nowhere or a rule says so, in the order of the backup.
    /// </summary>
    public required IReadOnlyList<DroppedRecord> Dropped { get; init; }

    /// <summary>
    /// The elements of members (keys of a many-to-many relation, owned objects) that were left out because a reference leads
    /// nowhere, in the order of the backup; their records were written.
    /// </summary>
    public IReadOnlyList<DroppedRecord> DroppedElements { get; init; } = [];

    /// <summary>What the backup holds and the model does not know, and what was set to a default for being absent.</summary>
    public required DriftReport Drift { get; init; }

    /// <summary>
    /// Fields whose moments, times or lengths of time had more digits of a second than their columns keep (PostgreSQL: six), so that the
    /// rest was cut off; ordered by label and name. Default: empty.
    /// </summary>
    public IReadOnlyList<FieldDrift> Shortened { get; init; } = [];

    /// <summary>
    /// How many rows triggers have added, for each table that got some, whether the model knows it or not, ordered by name. PostgreSQL counts what
    /// was inserted, also where a trigger took it back, and nothing where <c>track_counts</c> is off.
    /// </summary>
    [JsonInclude]
    public IReadOnlyList<TriggeredRows> TriggeredRows { get; internal set; } = [];

    /// <summary>
    /// What is probably not what was meant though the import has succeeded: nothing was taken, a filter's value is that of no record, models are
    /// not known that look as if they should be. Programs should treat them as failures unless they expect them. None for an empty backup.
    /// </summary>
    public IReadOnlyList<ImportFinding> Findings { get; init; } = [];

    /// <summary>
    /// How texts in fields of <see cref="FieldEncoding.JsonText"/> were read, as JSON or as themselves, and why; null when the backup has none.
    /// </summary>
    public JsonTextReport? JsonTexts { get; init; }

    /// <summary>How many chunks a resumable import has committed, its beginning and its end included; 0 for an import in one transaction.</summary>
    public int CommittedChunks { get; init; }

    /// <summary>How many of these an earlier attempt, or another process, had committed before.</summary>
    public int ResumedChunks { get; init; }

    /// <summary>How foreign keys were enforced.</summary>
    public required ForeignKeyEnforcement ForeignKeys { get; init; }

    /// <summary>
    /// How many records the backup holds: the sum of all counts, of the records of unknown models, and of those of models that
    /// are declared as dropped.
    /// </summary>
    public required long RecordCount { get; init; }

    /// <summary>Where the records stand, where the import was asked to remember.</summary>
    internal RecordLines? Lines { get; set; }

    /// <summary>The plan that was carried out.</summary>
    [JsonIgnore]
    public ImportPlan Plan { get; internal set; } = null!;
}
