using System.Data.Common;
using System.Text.Json;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>
/// Tries a relocation in a scratch database (docs/tasks.md, The validation): imports the target's configuration, its users of the same
/// names and the organizations; exports configuration and users again, and compares them.
/// </summary>
/// <param name="scratch">An empty database with the tables that imports write to.</param>
/// <param name="context">The attempt.</param>
/// <param name="seed">The seed of generated values; not that of the target's values, since an import has to replace them.</param>
internal sealed class ValidationRun(TestDatabase scratch, TaskContext context, long seed)
{
    private const string Username = "username";

    private readonly List<StepFindings> _findings = [];
    private IReadOnlySet<string> _usernames = new HashSet<string>();

    private IReadOnlySet<string> Slugs => context.Relocation.WantOrgSlugs.ToHashSet(StringComparer.Ordinal);

    /// <summary>Runs the steps in order, up to the first whose import or export is refused.</summary>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The findings of each step, by the name of its file.</returns>
    internal async Task<IReadOnlyList<StepFindings>> RunAsync(CancellationToken cancellationToken)
    {
        _usernames = await UsernamesAsync(cancellationToken).ConfigureAwait(false);
        _ = await ImportAsync(ValidationFile.BaselineConfig, cancellationToken).ConfigureAwait(false)
            && await ImportAsync(ValidationFile.CollidingUsers, cancellationToken).ConfigureAwait(false)
            && await ImportAsync(ValidationFile.RawRelocationData, cancellationToken).ConfigureAwait(false)
            && await CompareAsync(ValidationFile.BaselineConfig, cancellationToken).ConfigureAwait(false)
            && await CompareAsync(ValidationFile.CollidingUsers, cancellationToken).ConfigureAwait(false);
        return _findings;
    }

    /// <summary>
    /// The colliding users, from their file, so that an empty file means nobody, and a name may contain a comma (docs/tasks.md, The
    /// validation).
    /// </summary>
    private async Task<IReadOnlySet<string>> UsernamesAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var users = await OpenAsync(ValidationFile.CollidingUsers, cancellationToken).ConfigureAwait(false);
        await using (users.ConfigureAwait(false))
        {
            await users.Backup.ReadAsync(
                new Dictionary<ModelLabel, IReadOnlyList<string>> { [Labels.User] = [Username] },
                record =>
                {
                    if (record[Username] is { ValueKind: JsonValueKind.String } name)
                    {
                        names.Add(name.GetString()!);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }

        return names;
    }

    private Task BeginAsync(string what, CancellationToken cancellationToken)
    {
        context.Report(what);
        return context.RenewLeaseAsync(cancellationToken);
    }

    private Task<StoredBackup> OpenAsync(ValidationFile file, CancellationToken cancellationToken) => file switch
    {
        ValidationFile.BaselineConfig => context.Files.OpenExportAsync(context.Files.BaselineConfig, cancellationToken),
        ValidationFile.CollidingUsers => context.Files.OpenExportAsync(context.Files.CollidingUsers, cancellationToken),
        _ => context.Files.OpenRawAsync(cancellationToken),
    };

    private SentryImportOptions OptionsOf(ValidationFile file) => context.Options.Import.For(
        context.Options.Version,
        new SentryImportFlags { OverwriteConfigs = file == ValidationFile.BaselineConfig },
        seed,
        context.Options.Clock,
        context.Logger);

    private async Task<bool> ImportAsync(ValidationFile file, CancellationToken cancellationToken)
    {
        await BeginAsync($"import of {NameOf(file)}", cancellationToken).ConfigureAwait(false);
        var import = new SentryImport(scratch.Engine, OptionsOf(file));
        var opened = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
        await using var closing = opened.ConfigureAwait(false);
        var connection = await scratch.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var disconnecting = connection.ConfigureAwait(false);
        try
        {
            await (file switch
            {
                ValidationFile.BaselineConfig => import.ImportInConfigScopeAsync(connection, opened.Backup, null, cancellationToken),
                ValidationFile.CollidingUsers => import.ImportInUserScopeAsync(connection, opened.Backup, _usernames, cancellationToken),
                _ => import.ImportInOrganizationScopeAsync(connection, opened.Backup, Slugs, cancellationToken),
            }).ConfigureAwait(false);
        }
        catch (SentryImportException refusal) when (refusal.Errors.Any(IsAboutTheFile))
        {
            _findings.Add(new StepFindings($"import-{NameOf(file)}", new Findings(refusal.Errors.Select(error => error.ToFinding()))));
            return false;
        }

        _findings.Add(new StepFindings($"import-{NameOf(file)}", Findings.None));
        return true;
    }

    /// <summary>Exports what was imported, and compares it with the file.</summary>
    private async Task<bool> CompareAsync(ValidationFile file, CancellationToken cancellationToken)
    {
        await BeginAsync($"export of {NameOf(file)}", cancellationToken).ConfigureAwait(false);
        var export = context.CreateExport(scratch.Engine);
        using var exported = new MemoryStream();
        var connection = await scratch.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await ExportAsync(export, connection, file, BackupDestination.ToStream(exported), cancellationToken).ConfigureAwait(false);
            }
            catch (ExportException refusal) when (refusal.InnerException is not DbException)
            {
                _findings.Add(new StepFindings($"export-{NameOf(file)}", new Findings([SentryExportError.Of(refusal).ToFinding()])));
                return false;
            }
        }

        _findings.Add(new StepFindings($"export-{NameOf(file)}", Findings.None));
        exported.Position = 0;
        await BeginAsync($"comparison of {NameOf(file)}", cancellationToken).ConfigureAwait(false);
        var opened = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            var compared = await BackupComparer.CompareAsync(
                opened.Backup,
                Backup.FromStream(exported, $"export of {NameOf(file)}"),
                new ComparisonOptions { Model = export.Model, Comparators = Comparators(export.Model, file) },
                cancellationToken).ConfigureAwait(false);
            _findings.Add(new StepFindings($"compare-{NameOf(file)}", compared.Findings));
        }

        return true;
    }

    private Task<ExportResult> ExportAsync(
        SentryExport export, DbConnection connection, ValidationFile file, BackupDestination destination, CancellationToken cancellationToken) =>
        file == ValidationFile.BaselineConfig
            ? export.ExportInConfigScopeAsync(connection, destination, cancellationToken)
            : export.ExportInUserScopeAsync(connection, destination, _usernames, cancellationToken);

    /// <summary>
    /// Imports clear the flag that a user is managed elsewhere, except for administrators; a target's user with that flag does not make the
    /// file invalid.
    /// </summary>
    private static ComparatorMap Comparators(RelocationModel model, ValidationFile file)
    {
        var map = SentryComparators.AfterImport(model);
        return file == ValidationFile.CollidingUsers ? map.Plus(Labels.User, new IgnoredComparator("is_managed")) : map;
    }

    /// <summary>Another run may succeed if database or machine failed, but not if the file is wrong.</summary>
    private static bool IsAboutTheFile(SentryImportError error) =>
        error.Kind is not (SentryImportErrorKind.DatabaseError or SentryImportErrorKind.Unknown);

    private static string NameOf(ValidationFile file) => file switch
    {
        ValidationFile.BaselineConfig => "baseline-config",
        ValidationFile.CollidingUsers => "colliding-users",
        _ => "raw-relocation-data",
    };
}
