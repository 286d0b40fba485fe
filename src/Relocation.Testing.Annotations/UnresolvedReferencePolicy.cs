namespace Relocation.Testing;

/// <summary>What happens to a record that refers to one which was not imported.</summary>
public enum UnresolvedReferencePolicy
{
    /// <summary>The import fails and the database stays as it was.</summary>
    Fail,

    /// <summary>The record is not written; the result lists it with the chain of causes.</summary>
    Drop,

    /// <summary>The reference becomes null where its columns take null; where not, the import fails.</summary>
    SetNull,
}
