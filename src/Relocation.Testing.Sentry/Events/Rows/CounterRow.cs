namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A project's counter of short ids (docs/events.md, A new group).</summary>
internal sealed class CounterRow : BatchRow
{
    internal required long ProjectId { get; init; }

    internal required long Value { get; set; }

    /// <summary>The highest short id of the project's groups, 0 where there is none.</summary>
    internal required long Highest { get; init; }

    /// <summary>The lowest short id that the counter has yet to reach, or null.</summary>
    internal required long? NextTaken { get; init; }

    /// <summary>
    /// Counts up by one; past the highest short id where that one is taken, which is where the insert of a group would have failed. The row is
    /// locked with its project, so looking is as good as failing.
    /// </summary>
    internal long Next()
    {
        IsChanged = true;
        Value++;
        if (Value == NextTaken)
        {
            Value = Highest + 1;
        }

        return Value;
    }
}
