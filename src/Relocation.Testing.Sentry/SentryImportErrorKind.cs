namespace Relocation.Testing;

/// <summary>Why an import was refused, in Sentry's own words (docs/sentry-import.md, section 5.11).</summary>
public enum SentryImportErrorKind
{
    /// <summary>Any other reason.</summary>
    Unknown,

    /// <summary>The database failed, but not because of a row.</summary>
    DatabaseError,

    /// <summary>The backup cannot be read as records of the model.</summary>
    DeserializationFailed,

    /// <summary>The model belongs to the other half of the deployment.</summary>
    IncorrectSiloModeForModel,

    /// <summary>The database refused a row: a unique set, a foreign key, a not-null column or a check.</summary>
    IntegrityError,

    /// <summary>The ordinal of a batch's first record is below 1.</summary>
    InvalidMinOrdinal,

    /// <summary>A batch has no import identity.</summary>
    MissingImportUUID,

    /// <summary>The model is unknown.</summary>
    UnknownModel,

    /// <summary>A batch of one model contains a record of another.</summary>
    UnexpectedModel,

    /// <summary>A batch has no scope.</summary>
    UnspecifiedScope,

    /// <summary>A record's values are not valid.</summary>
    ValidationError,
}
