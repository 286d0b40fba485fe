namespace Relocation.Testing;

/// <summary>What happens to a record that refers to one which is not exported.</summary>
public enum UnexportedReferencePolicy
{
    /// <summary>
    /// It is left out too, and the result says so (docs/sentry-import.md, section 7.2); of the elements of a member, only that element.
    /// </summary>
    LeaveOut,

    /// <summary>It is exported as it is. An import of the backup has to say what becomes of such references.</summary>
    Keep,
}
