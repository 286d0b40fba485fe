using System.Text.Json.Serialization;
using Relocation.Testing.Cli.Databases;

namespace Relocation.Testing.Cli.Output;

/// <summary>
/// An import's result for programs, uncut. Members stand in the order in which they are written; what they are made of, the types of the
/// result say.
/// </summary>
internal sealed class ImportDocument
{
    private readonly ImportOutcome _outcome;
    private readonly ImportResult _result;
    private readonly SnapshotMismatchException? _mismatch;

    /// <param name="outcome">The import.</param>
    /// <param name="map">The form and place of the pk map.</param>
    /// <param name="mismatch">The difference from the approved map, or null if there is none.</param>
    internal ImportDocument(ImportOutcome outcome, MapOutput map, SnapshotMismatchException? mismatch)
    {
        (_outcome, _result, _mismatch) = (outcome, outcome.Result, mismatch);
        Database = new DatabaseDocument(outcome.Location.Engine.Name, outcome.Location.Description, outcome.Location.IsTemporary, outcome.CreatedSchema);
        Counts = new CountsDocument(_result);
        Map = new MapDocument(
            _result.Map.Count, _result.Map.Models.Count, map.File, map.ToStandardOutput ? _result.Map.InForm(map.Options).Entries : null);
        Approved = ApprovedDocument.Of(map.Approved, mismatch);
    }

    public string Status => _mismatch is not null ? "mismatch" : _result.Findings.Count > 0 ? "findings" : "imported";

    public int ExitCode => _mismatch is null && _result.Findings.Count == 0 ? Cli.ExitCode.Done : Cli.ExitCode.Finding;

    public string Backup => _outcome.Backup.Name;

    public string Model => _outcome.Model.Name;

    public string Scope => _outcome.Scope.Name;

    public DatabaseDocument Database { get; }

    public ForeignKeyEnforcement ForeignKeys => _result.ForeignKeys;

    public CountsDocument Counts { get; }

    public IReadOnlyList<ImportFinding> Findings => _result.Findings;

    public IReadOnlyList<TriggeredRows> TriggeredRows => _result.TriggeredRows;

    public IReadOnlyList<ModelCounts> Models => _result.Models;

    public IReadOnlyList<MemberCounts> Members => _result.Members;

    /// <summary>Only where there is a filter.</summary>
    public IReadOnlyList<FilteredRecords>? Filtered => _result.Filtered.Count > 0 ? _result.Filtered : null;

    public IReadOnlyList<DroppedRecord> Dropped => _result.Dropped;

    public IReadOnlyList<DroppedRecord> DroppedElements => _result.DroppedElements;

    /// <summary>Only where there are some.</summary>
    public IReadOnlyList<SentryClearedKey>? ClearedKeys => _outcome.ClearedKeys.Count > 0 ? _outcome.ClearedKeys : null;

    public DriftReport Drift => _result.Drift;

    public IReadOnlyList<FieldDrift> Shortened => _result.Shortened;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonTextReport? JsonTexts => _result.JsonTexts;

    public MapDocument Map { get; }

    public ApprovedDocument? Approved { get; }
}
