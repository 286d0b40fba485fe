namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>The files that a validation reads (docs/sentry-import.md, section 10.1).</summary>
internal enum ValidationFile
{
    /// <summary>The target's configuration and administrators.</summary>
    BaselineConfig,

    /// <summary>Users of the target whose names the backup has too.</summary>
    CollidingUsers,

    /// <summary>The data to relocate.</summary>
    RawRelocationData,
}
