using System.Globalization;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>What the rules of one import go by.</summary>
/// <param name="Scope">One of <see cref="SentryScopes"/>.</param>
/// <param name="Options">What the caller asked for.</param>
internal sealed record ImportSettings(ImportScope Scope, SentryImportOptions Options)
{
    internal SentryImportFlags Flags => Options.Flags;

    internal bool IsGlobal => Scope == SentryScopes.Global;

    /// <summary>Whether administrators keep their rights.</summary>
    internal bool KeepsPrivileges => IsGlobal || Scope == SentryScopes.Config;

    /// <summary>What the rules decide by, for telling imports apart.</summary>
    internal string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scope} {Flags} {Options.Version} {Options.Silo} {Options.HashPasswords} {Options.UrlPrefix} {Options.RegionName} {Options.FindRegion?.Method}");

    /// <summary>Owners that the backup tells in a former way.</summary>
    internal FormerOwners Owners { get; } = new();

    /// <summary>The slugs of the rows that records became.</summary>
    internal FinalSlugs Slugs { get; } = new();
}
