namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>The tables whose keys event saving takes from the database's counters.</summary>
internal enum KeyedTable
{
    Release,
    ReleaseProject,
    Distribution,
    Environment,
    EnvironmentProject,
    Group,
    GroupHash,
    Counter,
    GroupEnvironment,
    GroupRelease,
    ReleaseEnvironment,
    ReleaseProjectEnvironment,
    Activity,
    GroupHistory,
    Attachment,
    Blob,
    Stream,
    StreamLog,
}
