namespace Relocation.Testing;

/// <summary>
/// What became of the elements of one member that becomes rows of another table: objects that records own, or keys of a many-to-many
/// relation. The counts add up to <see cref="Elements"/>.
/// </summary>
public sealed record MemberCounts
{
    /// <summary>The model.</summary>
    public required ModelLabel Model { get; init; }

    /// <summary>The member, after those that it is in: <c>tickets.entries</c>.</summary>
    public required string Member { get; init; }

    /// <summary>How many elements the backup's records have that were written, or stand for rows that were there before.</summary>
    public required long Elements { get; init; }

    /// <summary>How many were written.</summary>
    public required long Inserted { get; init; }

    /// <summary>
    /// How many stand for a row that is there, by <see cref="CollisionPolicy.Merge"/>; or gave way to a later element with the same
    /// unique values, by <see cref="CollisionPolicy.Overwrite"/>. Elements within such an element are counted too.
    /// </summary>
    public required long Existing { get; init; }

    /// <summary>How many belong to records that stand for rows that were there before, and which keep what they have.</summary>
    public required long OfExisting { get; init; }

    /// <summary>How many were left out because a reference leads nowhere; elements within them are not counted.</summary>
    public required long Dropped { get; init; }

    /// <summary>The model and the member.</summary>
    public override string ToString() => $"{Model} {Member}";
}
