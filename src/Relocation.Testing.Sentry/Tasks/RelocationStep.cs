namespace Relocation.Testing;

/// <summary>How far a relocation is (docs/sentry-import.md, section 10.1). The numbers are what the database holds.</summary>
public enum RelocationStep
{
    /// <summary>Not known; no relocation is at it.</summary>
    Unknown = 0,

    /// <summary>The file is being received. Relocations begin here.</summary>
    Uploading = 1,

    /// <summary>The file is being looked at, and what its validation needs is being collected.</summary>
    Preprocessing = 2,

    /// <summary>The file is being imported into a scratch database, and what comes out compared.</summary>
    Validating = 3,

    /// <summary>The file is being imported.</summary>
    Importing = 4,

    /// <summary>The owner is being made owner of the imported organizations.</summary>
    Postprocessing = 5,

    /// <summary>The organizations are being shown, and users told.</summary>
    Notifying = 6,

    /// <summary>Everything is done.</summary>
    Completed = 7,
}
