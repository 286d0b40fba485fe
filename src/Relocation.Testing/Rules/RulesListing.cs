using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Sanitizing;

namespace Relocation.Testing.Rules;

/// <summary>Writes all fields of a model with their rules, in the form of a rules file.</summary>
internal static class RulesListing
{
    private static readonly JsonWriterOptions Form = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="rules">The rules.</param>
    /// <param name="plan">The same rules, with the members of JSON that a backup was found to hold.</param>
    internal static string Write(SanitizeRules rules, SanitizePlan plan)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Form))
        {
            json.WriteStartObject();
            json.WriteStartObject("sanitize");
            foreach (var entity in plan.Model.Entities)
            {
                json.WriteStartObject(entity.Label.Value);
                var found = plan.Find(entity.Label)!.Fields.All.Where(IsMemberOfJson).ToDictionary(node => node.Path);
                foreach (var field in FieldsOf(entity, string.Empty).Union(rules.Of(entity.Label).Select(rule => rule.Field)).Union(found.Keys).Order(StringComparer.Ordinal))
                {
                    json.WritePropertyName(field);
                    Write(json, rules.Find(entity.Label, field) ?? found.GetValueOrDefault(field)?.Rule);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A member that holds values; one whose own name has a dot cannot be named by rules.</summary>
    private static bool IsMemberOfJson(SanitizedNode node) => node is { IsInJson: true, HasMembers: false } && !node.NameHasDot;

    private static void Write(Utf8JsonWriter json, SanitizeRule? rule)
    {
        if (rule is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("kind", KindOf(rule));
        if (rule is { Kind: SanitizeKind.Slug, NameField: { } name })
        {
            json.WriteString("of", name);
        }
        else if (rule.IsUpper)
        {
            json.WriteString("of", rule.SourceField);
        }
        else if (rule.ConstantJson is { } constant)
        {
            json.WritePropertyName("value");
            json.WriteRawValue(constant);
        }

        if (rule.Reason is { } reason)
        {
            json.WriteString("because", reason);
        }

        json.WriteEndObject();
    }

    /// <summary>What a function of the application's own makes is the default, which only code can say.</summary>
    private static string KindOf(SanitizeRule rule) => rule switch
    {
        { ConstantJson: not null } => SanitizeKindName.Constant,
        { IsUpper: true } => SanitizeKindName.Upper,
        { Make: not null } => SanitizeKindName.Default,
        _ => SanitizeKindName.Of(rule.Kind),
    };

    private static IEnumerable<string> FieldsOf(RelocationEntity rows, string prefix) =>
        rows.Fields.Where(field => field.IsInBackup).Select(field => prefix + field.Name)
            .Concat(prefix.Length == 0 ? rows.Key.Fields.Where((_, part) => rows.Key.PartKind(part) == RecordKeyKind.Text).Select(field => field.Name) : [])
            .Concat(rows.Children.Where(child => !child.HoldsKeys).SelectMany(child => FieldsOf(child.Rows, $"{prefix}{child.Name}.")))
            .Distinct();
}
