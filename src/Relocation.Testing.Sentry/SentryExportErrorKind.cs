namespace Relocation.Testing;

/// <summary>Why the export of a model was refused, in Sentry's own words (docs/sentry-import.md, section 7.2).</summary>
public enum SentryExportErrorKind
{
    /// <summary>Any other reason.</summary>
    Unknown,

    /// <summary>The database failed.</summary>
    DatabaseError,

    /// <summary>The model belongs to the other half of the deployment.</summary>
    IncorrectSiloModeForModel,

    /// <summary>The model has no records in the requested scope.</summary>
    UnexportableModel,

    /// <summary>The model is unknown.</summary>
    UnknownModel,

    /// <summary>No scope was given.</summary>
    UnspecifiedScope,
}
