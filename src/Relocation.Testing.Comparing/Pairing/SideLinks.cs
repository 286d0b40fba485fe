using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>One side's links of relations that are written in several ways, and records rewritten as though all were lists at one end.</summary>
internal sealed class SideLinks(IReadOnlyList<LinkFold> folds)
{
    private readonly Dictionary<(LinkFold Fold, int Owner), List<string>> _targets = [];

    /// <summary>The relation that a member of a model's records belongs to, or null.</summary>
    internal LinkFold? Of(ModelLabel model, string member) => folds.FirstOrDefault(fold => (fold.Owner == model && fold.Member == member) || (fold.Target == model && fold.Reverse == member));

    /// <summary>The relation whose join table a model is, or null.</summary>
    internal LinkFold? OfJoin(ModelLabel model) => folds.FirstOrDefault(fold => fold.Join.Label == model);

    /// <summary>Notes a link.</summary>
    /// <param name="fold">The relation.</param>
    /// <param name="owner">The owner's number in the graph.</param>
    /// <param name="target">The key of the other end, as JSON.</param>
    internal void Add(LinkFold fold, int owner, string target)
    {
        if (!_targets.TryGetValue((fold, owner), out var targets))
        {
            _targets.Add((fold, owner), targets = []);
        }

        targets.Add(target);
    }

    /// <summary>A key as backups write it.</summary>
    internal static string Json(RecordKey key) => key.Kind switch
    {
        RecordKeyKind.Integer => key.ToString(),
        RecordKeyKind.Composite => $"[{string.Join(",", key.Parts.Select(Json))}]",
        RecordKeyKind.Guid => $"\"{key.AsGuid()}\"",
        _ => JsonSerializer.Serialize(key.AsText()),
    };

    /// <summary>A record's fields with the list of all its links; null when the model has none of the relations.</summary>
    internal byte[]? Rewritten(ModelLabel model, int node, ReadOnlySpan<byte> fields, int maxDepth)
    {
        var own = folds.Where(fold => fold.Owner == model || fold.Target == model).ToList();
        if (own.Count == 0 || Read(fields, maxDepth) is not { } record)
        {
            return null;
        }

        foreach (var fold in own)
        {
            if (fold.Target == model && fold.Reverse is { } reverse)
            {
                record.Remove(reverse);
            }

            if (fold.Owner == model)
            {
                record.Remove(fold.Member);
                if (_targets.TryGetValue((fold, node), out var targets))
                {
                    record[fold.Member] = new JsonArray([.. targets.Distinct().Select(target => JsonNode.Parse(target))]);
                }
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(record);
    }

    /// <summary>The fields as nodes; null when a name occurs twice, so that no one can tell which value is meant.</summary>
    private static JsonObject? Read(ReadOnlySpan<byte> fields, int maxDepth)
    {
        try
        {
            return JsonNode.Parse(fields, documentOptions: new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
