using System.Collections.Concurrent;
using Relocation.Testing.Sentry;
using Relocation.Testing.Sentry.Catalogue;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing;

/// <summary>The models of Sentry's relocation backups, as a model to import into.</summary>
/// <remarks>
/// A model set belongs to a version of Sentry. A backup of another version can be imported too: what the model set does not know is drift,
/// and what the backup lacks takes Sentry's default. Models are immutable: each is made once for each kind of database, and then shared.
/// </remarks>
public static class SentryModel
{
    private static readonly ConcurrentDictionary<(StoreTypes Types, string Version, SentryTables With), Lazy<RelocationModel>> Models = new();

    /// <summary>The version that is meant where none is named: Sentry's source of 29 August 2024, 24.9.0.dev0.</summary>
    public const string Head = CatalogueReader.Head;

    /// <summary>Another name for <see cref="Head"/>, by its number.</summary>
    public const string HeadNumber = CatalogueReader.HeadNumber;

    /// <summary>
    /// The versions that are known, newest first: two after <see cref="Head"/>, of which docs/sentry-versions.md says how surely; <see cref="Head"/>;
    /// then releases down to 23.9.1, the first whose exports are known.
    /// </summary>
    public static IReadOnlyList<string> Versions => CatalogueReader.Versions;

    /// <summary>Facts about each version, in the order of <see cref="Versions"/>.</summary>
    public static IReadOnlyList<SentryRelease> Releases => [.. Versions.Select(CatalogueReader.Describe)];

    /// <summary>The facts about a version.</summary>
    internal static SentryRelease ReleaseOf(string version) => CatalogueReader.Describe(version == HeadNumber ? Head : version);

    /// <summary>Makes the model set of one version for one kind of database.</summary>
    /// <param name="engine">The database's engine, which decides the column types.</param>
    /// <param name="version">One of <see cref="Versions"/>. Default: <see cref="Head"/>.</param>
    /// <returns>A model named after the version, for example <c>sentry@24.7.0</c>.</returns>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    /// <exception cref="NotSupportedException">The engine is neither SQLite nor PostgreSQL.</exception>
    public static RelocationModel Create(DatabaseEngine engine, string version = Head) => Create(engine, SentryTables.None, version);

    /// <summary>
    /// Makes the model set of one version with the other tables that <see cref="SentryImport"/> writes: lost passwords, registered
    /// organizations and slugs, ledgers of imports. Backups hold no records of these.
    /// </summary>
    /// <param name="engine">The database's engine, which decides the column types.</param>
    /// <param name="version">One of <see cref="Versions"/>. Default: <see cref="Head"/>.</param>
    /// <returns>A model named after the version, for example <c>sentry@24.7.0</c>.</returns>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    /// <exception cref="NotSupportedException">The engine is neither SQLite nor PostgreSQL.</exception>
    public static RelocationModel CreateForImport(DatabaseEngine engine, string version = Head) =>
        Create(engine, SentryTables.Import, version);

    /// <summary>Makes the model set of one version with tables of which backups hold no records.</summary>
    /// <param name="engine">The database's engine, which decides the column types.</param>
    /// <param name="with">The tables, by what writes to them. Tasks also write what imports write, so they need both.</param>
    /// <param name="version">One of <see cref="Versions"/>. Default: <see cref="Head"/>.</param>
    /// <returns>A model named after the version, for example <c>sentry@24.7.0</c>.</returns>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    /// <exception cref="NotSupportedException">The engine is neither SQLite nor PostgreSQL.</exception>
    public static RelocationModel Create(DatabaseEngine engine, SentryTables with, string version = Head)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(version);
        return !CatalogueReader.Knows(version) ? throw Errors.UnknownVersion(version, Versions, nameof(version))
            : Models.GetOrAdd(
                (StoreTypes.Of(engine), version, with),
                static key => new Lazy<RelocationModel>(() => Build(key.Types, key.Version, key.With))).Value;
    }

    private static RelocationModel Build(StoreTypes types, string version, SentryTables with)
    {
        var model = RelocationModel.Create($"sentry@{version}", new EntityBuilder(CatalogueReader.Read(version, with), types).Build());

        // Versions up to head get their rules from each import alone.
        return CatalogueReader.IsAfterHead(version) ? model.WithRules(VersionRules.Of(model)) : model;
    }
}
