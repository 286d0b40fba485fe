namespace Relocation.Testing.Importing;

/// <summary>A sequence of keys or other numbers, and its position when the import began.</summary>
internal sealed class KeyCounter
{
    internal required string QuotedName { get; init; }

    internal required long Increment { get; init; }

    /// <summary>Its first key after a restart.</summary>
    internal long Start { get; init; }

    /// <summary>Whether the import may alter the sequence, and knows its increment.</summary>
    internal bool CanBeAltered { get; init; }

    /// <summary>The column that it counts, where that is asked for.</summary>
    internal string? Column { get; init; }

    /// <summary>Its last key.</summary>
    internal long Most { get; init; } = long.MaxValue;

    internal long LastValue { get; set; }

    internal bool IsCalled { get; set; }

    /// <summary>Where the import moved it, if it did.</summary>
    internal long? MovedTo { get; set; }

    /// <summary>Whether a rollback puts the sequence back by itself, as it does once the sequence was restarted with its table.</summary>
    internal bool RollsBack { get; set; }

    /// <summary>How many keys an application takes at a time; the sequence then stands at the first of them.</summary>
    internal long BlockSize { get; init; } = 1;

    /// <summary>Whether it is where a restart would put it.</summary>
    internal bool IsAtStart => !IsCalled && LastValue == Start;

    /// <summary>The last key handed out; for a fresh sequence the one before its first.</summary>
    internal long Value => IsCalled ? LastValue + BlockSize - 1 : LastValue - 1;
}
