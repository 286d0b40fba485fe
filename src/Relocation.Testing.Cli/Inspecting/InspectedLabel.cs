namespace Relocation.Testing.Cli.Inspecting;

/// <summary>What a backup holds of one label.</summary>
internal sealed record InspectedLabel
{
    internal required ModelLabel Label { get; init; }

    internal required long Records { get; init; }

    /// <summary>How many stretches of the backup the records stand in.</summary>
    internal required int Runs { get; init; }

    /// <summary>How long these are, in bytes of the decoded text.</summary>
    internal required long Bytes { get; init; }

    /// <summary>What the keys are made of; more than one kind only where a backup mixes them.</summary>
    internal required IReadOnlyList<RecordKeyKind> KeyKinds { get; init; }

    /// <summary>The lowest key, or null when it is a value that may not be shown.</summary>
    internal required RecordKey? Lowest { get; init; }

    /// <summary>The highest key, or null when it is a value that may not be shown.</summary>
    internal required RecordKey? Highest { get; init; }

    /// <summary>How many records have which field, in the order in which the fields were met.</summary>
    internal required IReadOnlyDictionary<string, long> Fields { get; init; }

    /// <summary>The model of that label; null when there is none, or no model was given.</summary>
    internal PlannedModel? Planned { get; init; }

    /// <summary>Labels of the model that this one may have been meant to be.</summary>
    internal IReadOnlyList<ModelLabel> NearMisses { get; init; } = [];

    /// <summary>The members, held against the model's entity; none where there is no entity.</summary>
    internal IReadOnlyList<FieldMatch> Matches { get; init; } = [];

    /// <summary>Fields of the model's entity that no record has.</summary>
    internal IReadOnlyList<RelocationField> AbsentFields { get; init; } = [];

    /// <summary>Whether the model declares that records of this label are left out.</summary>
    internal bool IsDropped { get; init; }

    internal IEnumerable<FieldMatch> UnknownFields => Matches.Where(match => match.Kind == FieldMatchKind.Unknown);
}
