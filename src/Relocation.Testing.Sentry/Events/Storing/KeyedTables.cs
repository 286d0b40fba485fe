namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>How the tables are called, in the order of <see cref="KeyedTable"/>.</summary>
internal static class KeyedTables
{
    internal static IReadOnlyList<string> Names { get; } =
    [
        "sentry_release", "sentry_release_project", "sentry_distribution", "sentry_environment", "sentry_environmentproject", "sentry_groupedmessage",
        "sentry_grouphash", "sentry_projectcounter", "sentry_groupenvironment", "sentry_grouprelease", "sentry_environmentrelease",
        "sentry_releaseprojectenvironment", "sentry_activity", "sentry_grouphistory", "sentry_eventattachment", "event_blob", "event_stream", "event_stream_log",
    ];
}
