namespace Relocation.Testing;

/// <summary>Choices of one import that Sentry itself offers (docs/sentry-import.md, section 3.4).</summary>
public sealed record SentryImportFlags
{
    /// <summary>
    /// Whether a user whose name is there already stands for that user, whose own data stays as it is. When not, the user is added under a
    /// free name. Default: no.
    /// </summary>
    public bool MergeUsers { get; init; }

    /// <summary>
    /// Whether an option, relay or role that is there already is written over. When not, it stays and the record stands for it. Default: no.
    /// </summary>
    public bool OverwriteConfigs { get; init; }

    /// <summary>Whether imported organizations wait for approval (status 3), whatever their own status. Default: no.</summary>
    public bool HideOrganizations { get; init; }

    /// <summary>
    /// The identity under which the import is remembered in the ledger tables. Default: one made from the seed that the ledgers do not know yet.
    /// </summary>
    public Guid? ImportUuid { get; init; }
}
