namespace Relocation.Testing;

/// <summary>
/// What happens to a record of which the version that is imported into cannot hold what it takes away from somebody: a suspended user, a token
/// for one organization only, a view that only its user saw (docs/sentry-versions.md).
/// </summary>
public enum WideningPolicy
{
    /// <summary>As the rule of each field says: most records are refused, grants and views left out.</summary>
    ByRule,

    /// <summary>The import is refused, and each such record named.</summary>
    Refuse,

    /// <summary>The record is left out, with what cannot do without it, and counted.</summary>
    LeaveOut,

    /// <summary>
    /// The record is imported with what comes nearest, and counted: a suspended user is inactive, a disabled app unpublished, a view its
    /// organization's. A token or grant, for which nothing comes near, is left out.
    /// </summary>
    Nearest,
}
