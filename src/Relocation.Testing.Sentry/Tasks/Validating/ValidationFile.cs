namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>The files that a validation reads (docs/sentry-import.md, section 10.1).</summary>
internal enum ValidationFile
{
    /// <summary>What configures the target, and its administrators.</summary>
    BaselineConfig,

    /// <summary>Users of the target whose names the backup has too.</summary>
    CollidingUsers,

    /// <summary>What is to be relocated.</summary>
    RawRelocationData,
}
