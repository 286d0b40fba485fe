namespace Relocation.Testing;

/// <summary>Why an import was refused, in Sentry's own words (docs/sentry-import.md, section 5.11).</summary>
public enum SentryImportErrorKind
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>The database failed, but not for the rows.</summary>
    DatabaseError,

    /// <summary>The backup cannot be read as records of the model.</summary>
    DeserializationFailed,

    /// <summary>The model does not live in the half of the deployment that was to import it.</summary>
    IncorrectSiloModeForModel,

    /// <summary>The database refused a row: a unique set, a foreign key, a not-null column or a check.</summary>
    IntegrityError,

    /// <summary>The first record of a batch was numbered below 1.</summary>
    InvalidMinOrdinal,

    /// <summary>A batch came without the import's identity.</summary>
    MissingImportUUID,

    /// <summary>There is no such model.</summary>
    UnknownModel,

    /// <summary>A batch of one model holds a record of another.</summary>
    UnexpectedModel,

    /// <summary>A batch came without a scope.</summary>
    UnspecifiedScope,

    /// <summary>A record's values are not valid.</summary>
    ValidationError,
}
