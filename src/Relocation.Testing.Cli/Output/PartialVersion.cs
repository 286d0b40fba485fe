namespace Relocation.Testing.Cli.Output;

/// <summary>Says of a version of Sentry that not all of it is known.</summary>
internal static class PartialVersion
{
    /// <summary>A line about a model of such a version; null for any other.</summary>
    internal static string? Of(RelocationModel model) => Is(model)
        ? $"{model.Name} is known in part: a backup of that version may hold models and fields that are unknown here (docs/sentry-versions.md)."
        : null;

    internal static bool Is(RelocationModel model) =>
        SentryModel.Releases.Any(release => release.IsPartial && model.Name == $"sentry@{release.Version}");
}
