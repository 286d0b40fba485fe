namespace Relocation.Testing;

/// <summary>The step of a relocation (docs/sentry-import.md, section 10.1). The numbers are those in the database.</summary>
public enum RelocationStep
{
    /// <summary>Unknown; no relocation has this step.</summary>
    Unknown = 0,

    /// <summary>The file is being received. Relocations start here.</summary>
    Uploading = 1,

    /// <summary>The file is being checked, and the data for its validation collected.</summary>
    Preprocessing = 2,

    /// <summary>The file is being imported into a scratch database, exported again and compared.</summary>
    Validating = 3,

    /// <summary>The file is being imported.</summary>
    Importing = 4,

    /// <summary>The owner is being made owner of the imported organizations.</summary>
    Postprocessing = 5,

    /// <summary>The organizations are being shown, and users notified.</summary>
    Notifying = 6,

    /// <summary>Everything is done.</summary>
    Completed = 7,
}
