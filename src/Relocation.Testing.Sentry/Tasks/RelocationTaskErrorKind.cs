namespace Relocation.Testing;

/// <summary>Why an operation on a relocation was refused.</summary>
public enum RelocationTaskErrorKind
{
    /// <summary>The relocation does not exist.</summary>
    NotFound,

    /// <summary>A relocation with that identity exists.</summary>
    Exists,

    /// <summary>A named user does not exist.</summary>
    UserMissing,

    /// <summary>The requester may not name another owner.</summary>
    NotAllowed,

    /// <summary>The owner has an unfinished relocation.</summary>
    OwnerBusy,

    /// <summary>No organization is wanted, or a slug is invalid.</summary>
    BadSlug,

    /// <summary>The file is too large.</summary>
    FileTooLarge,

    /// <summary>The file is missing from the storage.</summary>
    FileMissing,

    /// <summary>The daily limit of relocations is reached.</summary>
    DayIsFull,

    /// <summary>The file would have to come from another cell.</summary>
    NoExport,

    /// <summary>The relocation's status does not allow it.</summary>
    WrongStatus,

    /// <summary>The relocation cannot be paused or cancelled at that step.</summary>
    WrongStep,

    /// <summary>Another runner holds the relocation, or has taken it over.</summary>
    LeaseHeld,

    /// <summary>A key is missing in the options.</summary>
    KeyMissing,

    /// <summary>The storage cannot be read or written.</summary>
    Storage,

    /// <summary>Rows that the relocation did not write refer to what it imported, and the database does not delete them with it.</summary>
    InUse,

    /// <summary>The tables are not those of the version.</summary>
    OtherTables,
}
