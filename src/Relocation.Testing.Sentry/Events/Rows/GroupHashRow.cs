namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A hash of a project, with the group or the tombstone that it leads to.</summary>
internal sealed class GroupHashRow : BatchRow
{
    /// <summary>The state of a hash that is being moved to another group, and that events leave alone.</summary>
    private const int Locked = 1;

    private GroupHashRow? _parent;

    internal required long ProjectId { get; init; }

    internal required string Hash { get; init; }

    /// <summary>The group's key as it was found; the group itself is looked for afterwards.</summary>
    internal long? FoundGroupId { get; init; }

    internal GroupRow? Group { get; set; }

    internal long? TombstoneId { get; init; }

    internal int? State { get; init; }

    internal bool IsLocked => State == Locked;

    /// <summary>One hash of all those that events of the batch hold together, directly or through others: they may come to share a group.</summary>
    internal GroupHashRow Root
    {
        get
        {
            var root = this;
            while (root._parent is { } parent)
            {
                root = parent;
            }

            return root;
        }
    }

    /// <summary>The groups that hashes of this root lead to; asked of the root only.</summary>
    internal List<GroupRow> Groups { get; } = [];

    internal void JoinTo(GroupHashRow other)
    {
        var (root, others) = (Root, other.Root);
        if (root != others)
        {
            root._parent = others;
        }
    }
}
