using Relocation.Testing.Sentry.Catalogue;
using Relocation.Testing.Sentry.Fixtures;

namespace Relocation.Testing;

/// <summary>Test backups of Sentry's models, made from the catalogue of any version.</summary>
public static class SentryFixtures
{
    /// <summary>
    /// An instance with two records of every model: the first has every possible field, the second only the required ones; of fields that
    /// exclude each other, each record has one. So every field, reference and scope occurs.
    /// </summary>
    /// <param name="version">One of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</param>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    public static Backup Exhaustive(string version = SentryModel.Head) => Backup.FromJson(ExhaustiveJson(version), $"sentry@{version} exhaustive");

    /// <summary>The text of <see cref="Exhaustive"/>, which is the same on every run.</summary>
    /// <param name="version">One of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</param>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    public static string ExhaustiveJson(string version = SentryModel.Head)
    {
        ArgumentNullException.ThrowIfNull(version);
        return CatalogueReader.Knows(version)
            ? new ExhaustiveInstance(version).ToJson()
            : throw Sentry.Errors.UnknownVersion(version, SentryModel.Versions, nameof(version));
    }
}
