using Relocation.Testing.Planning;

namespace Relocation.Testing.Cli.Inspecting;

/// <summary>The content of a backup for one label.</summary>
internal sealed record InspectedLabel
{
    internal required ModelLabel Label { get; init; }

    internal required long Records { get; init; }

    /// <summary>The number of runs of records in the backup.</summary>
    internal required int Runs { get; init; }

    /// <summary>Their length in bytes of the decoded text.</summary>
    internal required long Bytes { get; init; }

    /// <summary>The kinds of keys; more than one only if a backup mixes them.</summary>
    internal required IReadOnlyList<RecordKeyKind> KeyKinds { get; init; }

    /// <summary>The lowest key, or null if it must not be shown.</summary>
    internal required RecordKey? Lowest { get; init; }

    /// <summary>The highest key, or null if it must not be shown.</summary>
    internal required RecordKey? Highest { get; init; }

    /// <summary>How many records have which field, in order of appearance.</summary>
    internal required IReadOnlyDictionary<string, long> Fields { get; init; }

    /// <summary>The entity of that label; null if there is none, or no model.</summary>
    internal PlannedModel? Planned { get; init; }

    /// <summary>Labels of the model that resemble this one.</summary>
    internal IReadOnlyList<ModelLabel> NearMisses { get; init; } = [];

    /// <summary>The members, compared with the entity; empty without one.</summary>
    internal IReadOnlyList<FieldMatch> Matches { get; init; } = [];

    /// <summary>Fields of the model's entity that no record has.</summary>
    internal IReadOnlyList<RelocationField> AbsentFields { get; init; } = [];

    /// <summary>Whether the model declares this label as dropped.</summary>
    internal bool IsDropped { get; init; }

    internal IEnumerable<FieldMatch> UnknownFields => Matches.Where(match => match.Kind == FieldMatchKind.Unknown);
}
