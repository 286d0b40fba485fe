using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>Tables without records in backups that imports, tasks and events write to, with only the necessary columns.</summary>
internal static class SupportTables
{
    private static readonly (SentryTables Tables, string Resource)[] Resources =
    [
        (SentryTables.Import, "import.tables"), (SentryTables.Tasks, "tasks.tables"), (SentryTables.Events, "events.tables"),
    ];

    /// <summary>A catalogue's models and the support tables.</summary>
    internal static void AddTo(JsonObject catalogue, SentryTables tables)
    {
        var models = catalogue["models"]!.AsObject();
        foreach (var (_, resource) in Resources.Where(group => tables.HasFlag(group.Tables)))
        {
            using var stream = typeof(SupportTables).Assembly.GetManifestResourceStream(resource)!;
            foreach (var (label, model) in JsonNode.Parse(stream)!["models"]!.AsObject())
            {
                models.Add(label, model!.DeepClone());
            }
        }
    }
}
