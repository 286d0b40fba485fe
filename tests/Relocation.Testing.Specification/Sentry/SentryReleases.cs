namespace Relocation.Testing.Specification.Sentry;

/// <summary>The exports that Sentry's developers made of their releases, each with the version whose models it was made with.</summary>
internal static class SentryReleases
{
    /// <summary>Names of exports and their versions. The one of May 2024 was made with the models that became 24.5.1.</summary>
    internal static (string Name, string Version)[] All { get; } =
    [
        ("test_at_23_9_1", "23.9.1"), ("test_at_23_12_0", "23.12.0"), ("test_at_24_2_0", "24.2.0"), ("test_at_24_5_1", "24.5.1"),
        ("test_at_head_2024-05-16", "24.5.1"),
    ];

    internal static string PathOf(string name) => Repository.Shared("data", "sentry", "releases", $"{name}.json");

    internal static Backup Open(string name) => Backup.FromFile(PathOf(name));
}
