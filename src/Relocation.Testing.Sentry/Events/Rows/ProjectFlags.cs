namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The bits of a project's flags that event saving sets.</summary>
internal static class ProjectFlags
{
    internal const long HasReleases = 1;

    internal const long HasTransactions = 4;
}
