using System.Globalization;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>The settings of the rules of one import.</summary>
/// <param name="Scope">One of <see cref="SentryScopes"/>.</param>
/// <param name="Options">The caller's options.</param>
/// <param name="Model">The models of the version that is imported into.</param>
internal sealed record ImportSettings(ImportScope Scope, SentryImportOptions Options, RelocationModel Model)
{
    internal SentryImportFlags Flags => Options.Flags;

    internal bool IsGlobal => Scope == SentryScopes.Global;

    /// <summary>Whether administrators keep their rights.</summary>
    internal bool KeepsPrivileges => IsGlobal || Scope == SentryScopes.Config;

    /// <summary>The settings as text, for the fingerprint of the import.</summary>
    /// <remarks>All options except those of the import itself, so that none is forgotten.</remarks>
    internal string Fingerprint => string.Join('\n', typeof(SentryImportOptions).GetProperties()
        .Where(property => typeof(ImportOptions).GetProperty(property.Name) is null
            && property.Name is not (nameof(SentryImportOptions.Import) or nameof(SentryImportOptions.DangerouslyAllowAnyDatabaseName)))
        .OrderBy(property => property.Name, StringComparer.Ordinal)
        .Select(property => $"{property.Name} {Told(property.GetValue(Options))}")
        .Prepend(Scope.Name));

    private static string? Told(object? value) => value is Delegate code
        ? $"{code.Method.DeclaringType} {code.Method}"
        : Convert.ToString(value, CultureInfo.InvariantCulture);

    /// <summary>Owners that the backup holds in the older form.</summary>
    internal FormerOwners Owners { get; } = new();

    /// <summary>What the backup holds that the version differs in.</summary>
    internal VersionDrift Drift { get; } = new(Model, Options);

    /// <summary>The slugs of the rows that records became.</summary>
    internal FinalSlugs Slugs { get; } = new();

    /// <summary>The keys that were taken out of records.</summary>
    internal ClearedKeys Cleared { get; } = new();
}
