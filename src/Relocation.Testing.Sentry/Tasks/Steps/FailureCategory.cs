namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Why relocations fail (docs/sentry-import.md, section 10.3).</summary>
internal enum FailureCategory
{
    UploadingInternal,
    UploadingMissingSlug,
    UploadingTimeout,
    PreprocessingInternal,
    PreprocessingDecryption,
    PreprocessingInvalidJson,
    PreprocessingInvalidTarball,
    PreprocessingNoUsers,
    PreprocessingMissingOrganizations,
    PreprocessingTooManyOrganizations,
    PreprocessingTooManyUsers,
    PreprocessingBadSlug,
    ValidatingInternal,
    ValidatingAttemptMissing,
    ValidatingInstanceMissing,
    ValidatingTimedOut,
    ValidatingIncomplete,
    ValidatingInvalid,
    ImportingInternal,
    PostprocessingInternal,
    NotifyingInternal,
    CompletedInternal,
    Cancelled,
    Aborted,
    Abandoned,
}
