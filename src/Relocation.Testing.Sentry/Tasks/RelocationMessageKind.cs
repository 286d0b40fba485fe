namespace Relocation.Testing;

/// <summary>The kind of a message. The numbers are those in the database.</summary>
public enum RelocationMessageKind
{
    /// <summary>To owner and creator: the file has been accepted.</summary>
    Started = 0,

    /// <summary>To owner and creator: the relocation has failed, and why.</summary>
    Failed = 1,

    /// <summary>To owner and creator: the relocation has succeeded.</summary>
    Succeeded = 2,

    /// <summary>To an imported user: how to claim the account.</summary>
    Claim = 3,
}
