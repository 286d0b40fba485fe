namespace Relocation.Testing;

/// <summary>
/// The tasks that a relocation consists of, in their order (docs/sentry-import.md, section 10.2). The database holds their names, as
/// <c>PREPROCESSING_SCAN</c>, and not their numbers.
/// </summary>
public enum RelocationTaskName
{
    /// <summary>None has been started yet.</summary>
    None = 0,

    /// <summary>Goes on, as the file is there already.</summary>
    UploadingStart = 1,

    /// <summary>Finds the file and opens it.</summary>
    UploadingComplete = 2,

    /// <summary>Decrypts the file, reads its organizations, members and users, and refuses what cannot be relocated.</summary>
    PreprocessingScan = 3,

    /// <summary>Puts the file, and the names of its users that exist here, where the validation finds them.</summary>
    PreprocessingTransfer = 4,

    /// <summary>Exports what configures this instance.</summary>
    PreprocessingBaselineConfig = 5,

    /// <summary>Exports those users of this instance whose names users of the file have.</summary>
    PreprocessingCollidingUsers = 6,

    /// <summary>Checks that everything is there that the validation needs.</summary>
    PreprocessingComplete = 7,

    /// <summary>Starts a run of the validation.</summary>
    ValidatingStart = 8,

    /// <summary>Asks what became of the run.</summary>
    ValidatingPoll = 9,

    /// <summary>Reads what the run has found.</summary>
    ValidatingComplete = 10,

    /// <summary>Imports the file.</summary>
    Importing = 11,

    /// <summary>Makes the owner an owner of each imported organization.</summary>
    Postprocessing = 12,

    /// <summary>Shows the imported organizations.</summary>
    NotifyingUnhide = 13,

    /// <summary>Tells imported users how to claim their account.</summary>
    NotifyingUsers = 14,

    /// <summary>Tells the owner that the relocation has succeeded.</summary>
    NotifyingOwner = 15,

    /// <summary>Ends the relocation.</summary>
    Completed = 16,
}
