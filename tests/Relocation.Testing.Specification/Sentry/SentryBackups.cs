namespace Relocation.Testing.Specification.Sentry;

/// <summary>All backups of Sentry that there are: real ones, ours, and those on which the product was wrong once.</summary>
internal static class SentryBackups
{
    /// <summary>What today's catalogue has no models or fields for, and so cannot import whole.</summary>
    internal static IReadOnlySet<string> Newer { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "backup-2025-11.json", "backup-suspended-user.json", "newer-2025-11.json", "newer-view-without-position.json",
    };

    /// <summary>What no import takes: a user without a name, and options that Sentry refuses.</summary>
    internal static IReadOnlySet<string> Refused { get; } = new HashSet<string>(StringComparer.Ordinal) { "invalid-user.json", "option-language.json" };

    /// <summary>The files, with names that differ.</summary>
    internal static IReadOnlyList<string> Paths =>
    [
        .. new[] { Repository.Shared("data", "sentry", "releases"), Repository.Shared("data", "sentry", "fixtures"), Repository.Shared("cases", "sentry") }
            .SelectMany(folder => Directory.GetFiles(folder, "*.json"))
            .Concat(Directory.GetFiles(Repository.Fixture("sentry"), "*.json"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Those that an import takes.</summary>
    internal static IEnumerable<string> Importable => Paths.Where(path => Path.GetFileName(path) is var name && !Newer.Contains(name) && !Refused.Contains(name));
}
