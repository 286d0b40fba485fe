using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>What tests of round trips do again and again.</summary>
internal static class SentryRoundTrips
{
    /// <summary>Numbers that are keys though the models do not say so.</summary>
    private static readonly (string Model, string Field, string Target)[] PlainKeys =
    [
        ("sentry.monitor", "owner_team_id", "sentry.team"), ("sentry.servicehook", "actor_id", "sentry.user"),
        ("sentry.organizationintegration", "default_auth_id", "sentry.identity"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Options of an import into a version's tables. Another seed makes other values.</summary>
    internal static SentryImportOptions In(string version, long seed = 0) => new() { Version = version, Clock = SentryImports.Options.Clock, Seed = seed };

    /// <summary>The records of a release's export, to be changed by the test.</summary>
    internal static JsonArray Records(string name) => SentryImports.Records(SentryReleases.PathOf(name));

    /// <summary>Exports as Sentry does, in one scope.</summary>
    internal static async Task<string> ExportAsync(this TestDatabase database, ImportScope? scope = null, string version = SentryModel.Head)
    {
        using var text = new MemoryStream();
        var options = new SentryExportOptions { Version = version };
        await database.ExportAsync(BackupDestination.ToStream(text), scope ?? SentryScopes.Global, options);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Exports as Sentry does, in one scope, with its filter.</summary>
    internal static async Task<ExportResult> ExportAsync(
        this TestDatabase database, BackupDestination destination, ImportScope scope, SentryExportOptions? options = null, string[]? filter = null)
    {
        var export = new SentryExport(database.Engine, options);
        var wanted = filter?.ToHashSet();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return scope.Name switch
        {
            "User" => await export.ExportInUserScopeAsync(connection, destination, wanted, Cancel),
            "Organization" => await export.ExportInOrganizationScopeAsync(connection, destination, wanted, Cancel),
            "Config" => await export.ExportInConfigScopeAsync(connection, destination, Cancel),
            _ => await export.ExportInGlobalScopeAsync(connection, destination, Cancel),
        };
    }

    /// <summary>Gives records of some models other keys, in all that refers to them too.</summary>
    internal static void MoveKeys(this JsonArray records, RelocationModel model, long by, Func<ModelLabel, bool>? isMoved = null)
    {
        foreach (var record in records.Select(record => record!))
        {
            var entity = model.Find(ModelLabel.Parse(record["model"]!.GetValue<string>()))!;
            var references = entity.References.Select(reference => (Field: reference.Name, reference.Target))
                .Concat(PlainKeys.Where(plain => plain.Model == entity.Label.Value).Select(plain => (plain.Field, Target: ModelLabel.Parse(plain.Target))));
            foreach (var (field, target) in references.Where(reference => isMoved?.Invoke(reference.Target) != false))
            {
                Move(record["fields"]!.AsObject(), field);
            }

            if (isMoved?.Invoke(entity.Label) != false)
            {
                Move(record.AsObject(), "pk");
            }
        }

        void Move(JsonObject holder, string name)
        {
            if (holder[name] is JsonValue key)
            {
                holder[name] = key.GetValue<long>() + by;
            }
        }
    }

    /// <summary>Compares by the default comparators of a version.</summary>
    internal static Task<ComparisonResult> CompareAsync(Backup left, Backup right, DatabaseUnderTest engine, string version)
    {
        var model = SentryModel.Create(engine.Target.Engine, version);
        return BackupComparer.CompareAsync(left, right, new ComparisonOptions { Model = model, Comparators = SentryComparators.Default(model) }, Cancel);
    }
}
