namespace Relocation.Testing;

/// <summary>What differs between a backup and a version of the tables.</summary>
public enum CompatibilityFindingKind
{
    /// <summary>Records of a model that the version does not know were left out.</summary>
    UnknownModel,

    /// <summary>A field that the version does not know was left out.</summary>
    UnknownField,

    /// <summary>A field that the records lack became null or took a default.</summary>
    DefaultedField,

    /// <summary>A rule declares the difference.</summary>
    Declared,

    /// <summary>Records were dropped, as an import's options or rules say.</summary>
    DroppedRecord,

    /// <summary>The backup was refused for this.</summary>
    Refusal,
}
