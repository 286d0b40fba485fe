namespace Relocation.Testing;

/// <summary>What is to be relocated, and for whom.</summary>
public sealed class RelocationRequest
{
    /// <summary>
    /// The file, read to its end: an encrypted tarball (docs/sentry-import.md, section 7.5). Null would ask another cell for it, which is
    /// refused.
    /// </summary>
    public required Stream? File { get; init; }

    /// <summary>The user name of the owner of the imported organizations: a user who exists in the database.</summary>
    public required string Owner { get; init; }

    /// <summary>The user name of the requester. Default: the owner.</summary>
    public string? Creator { get; init; }

    /// <summary>Whether the requester may name another owner, and is exempt from the daily limits. Default: no.</summary>
    public bool IsElevated { get; init; }

    /// <summary>The slugs of the organizations to relocate, as in the file; at least one. Surrounding blanks are ignored.</summary>
    public required IReadOnlyCollection<string> Organizations { get; init; }

    /// <summary>Where the file comes from. Default: another instance.</summary>
    public RelocationProvenance Provenance { get; init; }

    /// <summary>The relocation's identity, from which all generated values are derived. Default: a random one.</summary>
    public Guid? Uuid { get; init; }
}
