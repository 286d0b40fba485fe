namespace Relocation.Testing;

/// <summary>What one import does differently with one model; what is not set is as the model says.</summary>
public sealed record ModelOptions
{
    /// <summary>Where new keys come from, for instance <see cref="KeyPolicy.Preserve"/> where a test says "order 42".</summary>
    public KeyPolicy? Keys { get; init; }

    /// <summary>What happens to a record whose unique values are taken.</summary>
    public CollisionPolicy? OnCollision { get; init; }

    /// <summary>The same for single unique sets, by the set's name or its fields joined with <c>+</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, CollisionPolicy> OnCollisionOf { get; init; } = new Dictionary<string, CollisionPolicy>();

    /// <summary>What happens when a reference leads nowhere, by the reference's name or field. Default: none.</summary>
    public IReadOnlyDictionary<string, UnresolvedReferencePolicy> OnUnresolved { get; init; } =
        new Dictionary<string, UnresolvedReferencePolicy>();

    /// <summary>What becomes of the triggers on the model's tables, and of records that meet what triggers have made. Default: as the import says.</summary>
    public TriggerPolicy? Triggers { get; init; }

    /// <summary>Which records are taken. Default: all.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>Rules that decide about the model's records before they are written. Default: none.</summary>
    public IReadOnlyList<RecordRule> Rules { get; init; } = [];
}
