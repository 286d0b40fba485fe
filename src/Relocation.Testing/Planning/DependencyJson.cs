using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Planning;

/// <summary>Listings of dependencies as JSON (docs/sentry-import.md, section 2.8).</summary>
internal static class DependencyJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static string Of(ModelDependencies dependencies, DependencyListing listing)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            switch (listing)
            {
                case DependencyListing.Detailed:
                    Write(json, dependencies.Model, entity => WriteRelations(json, entity, dependencies.IsDangling(entity.Label)));
                    break;
                case DependencyListing.Flat:
                    Write(json, dependencies.Model, entity => WriteTexts(json, DependencyText.Targets(entity)));
                    break;
                case DependencyListing.Sorted:
                    WriteTexts(json, dependencies.Sorted.Select(label => label.Value));
                    break;
                default:
                    WriteTexts(json, dependencies.Tables);
                    break;
            }
        }

        return ShownText.Json(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, RelocationModel model, Action<RelocationEntity> writeValue)
    {
        json.WriteStartObject();
        foreach (var entity in model.Entities)
        {
            json.WritePropertyName(entity.Label.Value);
            writeValue(entity);
        }

        json.WriteEndObject();
    }

    private static void WriteRelations(Utf8JsonWriter json, RelocationEntity entity, bool isDangling)
    {
        json.WriteStartObject();
        json.WriteBoolean("dangling", isDangling);
        json.WriteStartObject("foreign_keys");
        foreach (var reference in entity.AllReferences().OrderBy(reference => reference.Name, StringComparer.Ordinal).DistinctBy(reference => reference.Name))
        {
            json.WriteStartObject(reference.Name);
            json.WriteString("kind", DependencyText.KindOf(reference));
            json.WriteString("model", reference.Target.Value);
            json.WriteBoolean("nullable", Dangling.IsNullable(entity, reference));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("model", entity.Label.Value);
        json.WritePropertyName("relocation_dependencies");
        WriteTexts(json, entity.Dependencies.Order().Select(label => label.Value));
        json.WritePropertyName("relocation_scope");
        WriteScopes(json, entity.Scopes);
        json.WritePropertyName("silos");
        WriteTexts(json, entity.Silos);
        json.WriteString("table_name", entity.Table);
        json.WriteStartArray("uniques");
        foreach (var unique in DependencyText.Uniques(entity))
        {
            WriteTexts(json, unique);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScopes(Utf8JsonWriter json, IReadOnlyList<string> scopes)
    {
        switch (scopes.Count)
        {
            case 0:
                json.WriteNullValue();
                break;
            case 1:
                json.WriteStringValue(scopes[0]);
                break;
            default:
                WriteTexts(json, scopes);
                break;
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
