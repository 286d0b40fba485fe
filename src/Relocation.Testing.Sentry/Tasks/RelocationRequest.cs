namespace Relocation.Testing;

/// <summary>What is to be relocated, and for whom.</summary>
public sealed class RelocationRequest
{
    /// <summary>
    /// The file, read to its end: an encrypted tarball (docs/sentry-import.md, section 7.5). Null asks another cell for it, which is
    /// refused.
    /// </summary>
    public required Stream? File { get; init; }

    /// <summary>The user name of who will own the imported organizations: a user who exists in the database.</summary>
    public required string Owner { get; init; }

    /// <summary>The user name of who asks for the relocation. Default: the owner.</summary>
    public string? Creator { get; init; }

    /// <summary>Whether whoever asks may name another owner, and is not bound by the limits of a day. Default: no.</summary>
    public bool IsElevated { get; init; }

    /// <summary>The slugs of the organizations to relocate, as the file has them; at least one. Blanks around them do not count.</summary>
    public required IReadOnlyCollection<string> Organizations { get; init; }

    /// <summary>Where the file comes from. Default: from an instance of its own.</summary>
    public RelocationProvenance Provenance { get; init; }

    /// <summary>The relocation's identity. All that is invented on the way is made from it. Default: a random one.</summary>
    public Guid? Uuid { get; init; }
}
