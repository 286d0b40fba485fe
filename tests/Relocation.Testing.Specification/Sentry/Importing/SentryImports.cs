using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>What tests of Sentry's imports do again and again.</summary>
internal static class SentryImports
{
    /// <summary>Real backups that can be imported whole.</summary>
    internal static string[] RealNames { get; } =
    [
        "fixtures/app-user-with-empty-email", "fixtures/datetime-with-unzeroed-millis", "fixtures/fresh-install",
        "fixtures/fresh-install.2024-05-08", "fixtures/single-option", "fixtures/user-with-maximum-privileges",
        "fixtures/user-with-minimum-privileges", "fixtures/user-with-roles-no-superadmin", "fixtures/user-with-superadmin-no-roles", "releases/test_at_23_9_1",
        "releases/test_at_23_12_0", "releases/test_at_24_2_0", "releases/test_at_24_5_1", "releases/test_at_head_2024-05-16",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The options of these tests: a clock that stands still.</summary>
    internal static SentryImportOptions Options { get; } = new() { Clock = new FixedClock(Imports.Now) };

    internal static SentryImportOptions With(SentryImportFlags flags) => new() { Clock = Options.Clock, Flags = flags };

    /// <summary>A database with all tables that imports write to.</summary>
    internal static Task<TestDatabase> SentryImportAsync(this DatabaseUnderTest engine, string version = SentryModel.Head) =>
        DatabaseTemplates.CopyAsync(engine, $"Sentry for import {version}", () => new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = SentryModel.CreateForImport(engine.Target.Engine, version),
            Schema = SchemaSource.FromModel,
        });

    internal static async Task<SentryImportResult> ImportAsync(
        this TestDatabase database, Backup backup, ImportScope scope, SentryImportOptions? options = null, IReadOnlyCollection<string>? filter = null)
    {
        var import = new SentryImport(database.Engine, options ?? Options);
        var wanted = filter as IReadOnlySet<string> ?? filter?.ToHashSet();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return scope.Name switch
        {
            "User" => await import.ImportInUserScopeAsync(connection, backup, wanted, Cancel),
            "Organization" => await import.ImportInOrganizationScopeAsync(connection, backup, wanted, Cancel),
            "Config" => await import.ImportInConfigScopeAsync(connection, backup, wanted, Cancel),
            _ => await import.ImportInGlobalScopeAsync(connection, backup, Cancel),
        };
    }

    internal static Backup Real(string name) => Backup.FromFile(Repository.Shared("data", "sentry", $"{name}.json"));

    /// <summary>The records of a real backup or of a fixture of ours, to be changed by the test.</summary>
    internal static JsonArray Records(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsArray();

    internal static Backup ToBackup(this JsonArray records) => Backup.FromJson(records.ToJsonString(), "changed");
}
