using System.Text.Json.Nodes;

namespace Relocation.Testing.Tests.Bogus;

/// <summary>A generated record, read back.</summary>
internal sealed class SyntheticRecord(RelocationModel model, JsonObject json)
{
    private readonly RelocationEntity _entity = model.Find(ModelLabel.Parse(json["model"]!.GetValue<string>()))!;

    internal string Json => json.ToJsonString();

    internal string Label => _entity.Label.Value;

    /// <summary>The key's parts as JSON, joined.</summary>
    internal string Key => string.Join(',', Parts.Select(part => part.ToJsonString()));

    internal JsonObject Fields => json["fields"]!.AsObject();

    private IEnumerable<JsonNode> Parts => json["pk"] is JsonArray parts ? parts.Select(part => part!) : [json["pk"]!];

    internal JsonNode? Value(string name) => name.Split('.').Aggregate((JsonNode?)Fields, (node, part) => node?[part]);

    /// <summary>The records referred to: label and key of each reference that is not null.</summary>
    internal IEnumerable<(string Target, string Key)> References()
    {
        var parts = Parts.ToList();
        foreach (var reference in _entity.References)
        {
            var values = reference.Fields.Select(name =>
                _entity.Key.Fields.ToList().FindIndex(field => field.Name == name) is >= 0 and var part ? parts[part] : Value(name)).ToList();
            if (!values.Contains(null))
            {
                yield return (reference.Target.Value, string.Join(',', values.Select(value => value!.ToJsonString())));
            }
        }
    }
}
