namespace Relocation.Testing;

/// <summary>The status of a validation or of one of its runs, the less definite first. The numbers are those in the database.</summary>
public enum RelocationValidationStatus
{
    /// <summary>Nothing yet.</summary>
    InProgress = 0,

    /// <summary>The run took too long.</summary>
    Timeout = 1,

    /// <summary>The run could not be carried out, for a reason other than the file.</summary>
    Failure = 2,

    /// <summary>The file, or what comes out of it, is wrong.</summary>
    Invalid = 3,

    /// <summary>Everything came out unchanged.</summary>
    Valid = 4,
}
