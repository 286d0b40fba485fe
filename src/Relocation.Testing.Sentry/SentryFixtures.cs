using Relocation.Testing.Sentry.Fixtures;

namespace Relocation.Testing;

/// <summary>Backups of Sentry's models to test with, made from the catalogue of any version.</summary>
public static class SentryFixtures
{
    /// <summary>
    /// An instance with two records of every model: the first has all that it may have, the second only what it must; where fields
    /// exclude each other, each has one of them. So every field, every reference and every scope occurs.
    /// </summary>
    /// <param name="version">One of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</param>
    /// <exception cref="ArgumentException">There is no such version; the message lists those that there are.</exception>
    public static Backup Exhaustive(string version = SentryModel.Head) => Backup.FromJson(ExhaustiveJson(version), $"sentry@{version} exhaustive");

    /// <summary>The text of <see cref="Exhaustive"/>: the same for a version on every run.</summary>
    /// <param name="version">One of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</param>
    /// <exception cref="ArgumentException">There is no such version; the message lists those that there are.</exception>
    public static string ExhaustiveJson(string version = SentryModel.Head)
    {
        ArgumentNullException.ThrowIfNull(version);
        return SentryModel.Versions.Contains(version)
            ? new ExhaustiveInstance(version).ToJson()
            : throw Sentry.Errors.UnknownVersion(version, SentryModel.Versions, nameof(version));
    }
}
