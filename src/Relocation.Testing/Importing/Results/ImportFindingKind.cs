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

    /// <summary>Records or values have no place in the version of the model that was imported into; the message says how many, and by which rule.</summary>
    NoPlace,

    /// <summary>Records would give somebody more access than they did, and were left out, or imported as an option says.</summary>
    WiderAccess,

    /// <summary>Records were imported that do less in this version than in theirs, or something else.</summary>
    OtherMeaning,

    /// <summary>Records stand for rows that came with the tables (<c>HasData</c>), whose values are others and were kept.</summary>
    SeededRow,
}
