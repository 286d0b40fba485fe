namespace Relocation.Testing;

/// <summary>Why a relocation was not started, or something was not done with one.</summary>
public enum RelocationTaskErrorKind
{
    /// <summary>There is no such relocation.</summary>
    NotFound,

    /// <summary>There is a relocation of that identity already.</summary>
    Exists,

    /// <summary>A user that was named does not exist.</summary>
    UserMissing,

    /// <summary>Another owner was named by somebody who may not.</summary>
    NotAllowed,

    /// <summary>The owner has a relocation that has not ended.</summary>
    OwnerBusy,

    /// <summary>No organization is wanted, or a slug is none.</summary>
    BadSlug,

    /// <summary>The file is larger than is allowed.</summary>
    FileTooLarge,

    /// <summary>The file is gone from the storage.</summary>
    FileMissing,

    /// <summary>As many relocations as a day may have were begun.</summary>
    DayIsFull,

    /// <summary>Another cell was to be asked for the file.</summary>
    NoExport,

    /// <summary>The relocation's status does not allow it.</summary>
    WrongStatus,

    /// <summary>The relocation cannot be paused or cancelled at that step.</summary>
    WrongStep,

    /// <summary>Another runner has the relocation, or has taken it over.</summary>
    LeaseHeld,

    /// <summary>The options lack a key.</summary>
    KeyMissing,

    /// <summary>The storage cannot be read or written.</summary>
    Storage,

    /// <summary>Rows that the relocation did not write refer to what it has imported, and the database does not delete them with it.</summary>
    InUse,

    /// <summary>The database has other tables than those of the version.</summary>
    OtherTables,
}
