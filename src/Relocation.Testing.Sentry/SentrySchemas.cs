using Relocation.Testing.Sentry.Catalogue;

namespace Relocation.Testing;

/// <summary>Sentry's tables of every known version, for matrices of backups and versions.</summary>
public sealed class SentrySchemas : ISchemaVersions
{
    /// <summary>All versions, newest first.</summary>
    public IReadOnlyList<SchemaVersion> Versions => [.. SentryModel.Versions.Select(Of)];

    /// <summary>The tables of one version.</summary>
    /// <param name="version">One of <see cref="SentryModel.Versions"/>.</param>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    public static SchemaVersion Of(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return CatalogueReader.Knows(version)
            ? new SchemaVersion(version, engine => SentryModel.Create(engine, version))
            : throw Sentry.Errors.UnknownVersion(version, SentryModel.Versions, nameof(version));
    }
}
