namespace Relocation.Testing;

/// <summary>Why the export of a model was refused, in Sentry's own words (docs/sentry-import.md, section 7.2).</summary>
public enum SentryExportErrorKind
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>The database failed.</summary>
    DatabaseError,

    /// <summary>The model does not live in the half of the deployment that was to export it.</summary>
    IncorrectSiloModeForModel,

    /// <summary>The model has no records of the scope that was asked for.</summary>
    UnexportableModel,

    /// <summary>There is no such model.</summary>
    UnknownModel,

    /// <summary>No scope was given.</summary>
    UnspecifiedScope,
}
