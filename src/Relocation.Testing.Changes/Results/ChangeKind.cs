namespace Relocation.Testing;

/// <summary>What became of a record.</summary>
public enum ChangeKind
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It has other values than before.</summary>
    Changed,

    /// <summary>It is not there any more.</summary>
    Removed,
}
