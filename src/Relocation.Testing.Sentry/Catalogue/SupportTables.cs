using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>Tables that no backup holds and that imports write to, in the least form that imports need.</summary>
internal static class SupportTables
{
    private const string Resource = "support";

    /// <summary>A catalogue's models and the support tables.</summary>
    internal static void AddTo(JsonObject catalogue)
    {
        using var stream = typeof(SupportTables).Assembly.GetManifestResourceStream(Resource)!;
        var models = catalogue["models"]!.AsObject();
        foreach (var (label, model) in JsonNode.Parse(stream)!["models"]!.AsObject())
        {
            models.Add(label, model!.DeepClone());
        }
    }
}
