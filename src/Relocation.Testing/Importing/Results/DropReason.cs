namespace Relocation.Testing;

/// <summary>Why a record that another refers to is not there.</summary>
public enum DropReason
{
    /// <summary>The backup does not hold it.</summary>
    Absent,

    /// <summary>It is not in the import's scope.</summary>
    OutOfScope,

    /// <summary>It was dropped itself.</summary>
    Dropped,

    /// <summary>Its model is not part of the relocation model.</summary>
    UnknownModel,

    /// <summary>A filter leaves it out.</summary>
    Filtered,

    /// <summary>It is of another type of its hierarchy than the reference may lead to.</summary>
    OtherType,
}
