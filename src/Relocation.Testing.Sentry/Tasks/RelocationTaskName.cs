namespace Relocation.Testing;

/// <summary>
/// The tasks of a relocation, in their order (docs/sentry-import.md, section 10.2). The database stores names, such as
/// <c>PREPROCESSING_SCAN</c>, not numbers.
/// </summary>
public enum RelocationTaskName
{
    /// <summary>No task has started yet.</summary>
    None = 0,

    /// <summary>Does nothing, since the file is already there.</summary>
    UploadingStart = 1,

    /// <summary>Finds the file and opens it.</summary>
    UploadingComplete = 2,

    /// <summary>Decrypts the file, reads its organizations, members and users, and refuses what cannot be relocated.</summary>
    PreprocessingScan = 3,

    /// <summary>Stores the file, and the names of its users who exist here, for the validation.</summary>
    PreprocessingTransfer = 4,

    /// <summary>Exports this instance's configuration.</summary>
    PreprocessingBaselineConfig = 5,

    /// <summary>Exports the users of this instance whose names are in the file.</summary>
    PreprocessingCollidingUsers = 6,

    /// <summary>Checks that everything for the validation is there.</summary>
    PreprocessingComplete = 7,

    /// <summary>Starts a validation run.</summary>
    ValidatingStart = 8,

    /// <summary>Polls the run.</summary>
    ValidatingPoll = 9,

    /// <summary>Reads the run's findings.</summary>
    ValidatingComplete = 10,

    /// <summary>Imports the file.</summary>
    Importing = 11,

    /// <summary>Makes the owner an owner of each imported organization.</summary>
    Postprocessing = 12,

    /// <summary>Shows the imported organizations.</summary>
    NotifyingUnhide = 13,

    /// <summary>Notifies imported users how to claim their accounts.</summary>
    NotifyingUsers = 14,

    /// <summary>Notifies the owner of the success.</summary>
    NotifyingOwner = 15,

    /// <summary>Ends the relocation.</summary>
    Completed = 16,
}
