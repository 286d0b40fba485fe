namespace Relocation.Testing;

/// <summary>What came of a validation or of one of its runs, the less definite first. The numbers are what the database holds.</summary>
public enum RelocationValidationStatus
{
    /// <summary>Nothing yet.</summary>
    InProgress = 0,

    /// <summary>The run took too long.</summary>
    Timeout = 1,

    /// <summary>The run could not be carried out, for a reason that is not the file's.</summary>
    Failure = 2,

    /// <summary>The file, or what comes out of it, is wrong.</summary>
    Invalid = 3,

    /// <summary>Everything came out as it went in.</summary>
    Valid = 4,
}
