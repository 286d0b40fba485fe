namespace Relocation.Testing;

/// <summary>What is worth a look though an import has succeeded.</summary>
public enum ImportFindingKind
{
    /// <summary>The backup holds records, and none of them became or met a row.</summary>
    NothingTaken,

    /// <summary>A value that a filter asks for is that of no record.</summary>
    FilterValue,

    /// <summary>
    /// Records were left out whose model is not known but looks like one that should be: its app is that of a known model, or a known model refers
    /// to it.
    /// </summary>
    UnknownModel,

    /// <summary>Records stand for rows that came with the tables (<c>HasData</c>), whose values are others and were kept.</summary>
    SeededRow,
}
