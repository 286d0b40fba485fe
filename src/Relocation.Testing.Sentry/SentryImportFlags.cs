namespace Relocation.Testing;

/// <summary>Choices of one import that Sentry itself offers (docs/sentry-import.md, section 3.4).</summary>
public sealed record SentryImportFlags
{
    /// <summary>
    /// Whether a user whose name exists is merged with the existing user, whose own data stays as it is. Otherwise the user is added under
    /// a free name. Default: no.
    /// </summary>
    public bool MergeUsers { get; init; }

    /// <summary>Whether an existing option, relay or role is overwritten. Otherwise it stays, and the record stands for it. Default: no.</summary>
    public bool OverwriteConfigs { get; init; }

    /// <summary>Whether imported organizations get status 3, pending approval, whatever their own status. Default: no.</summary>
    public bool HideOrganizations { get; init; }

    /// <summary>
    /// The identity under which the import is remembered in the ledger tables. Default: one made from the seed that the ledgers do not
    /// contain yet.
    /// </summary>
    public Guid? ImportUuid { get; init; }
}
