namespace Relocation.Testing.Importing.Reading;

/// <summary>Counts what becomes of the elements of one member.</summary>
internal sealed class ElementCounts
{
    /// <summary>How many elements were read for rows of their own.</summary>
    internal long Read { get; set; }

    /// <summary>How many of these stand for other rows.</summary>
    internal long Existing { get; set; }

    /// <summary>How many of these were left out because a reference leads nowhere, those of elements left out included.</summary>
    internal long Dropped { get; set; }

    /// <summary>How many were not read, since their records stand for rows that keep what they have.</summary>
    internal long OfExisting { get; set; }
}
