using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Sanitizing.Choosing;

namespace Relocation.Testing.Sanitizing.Rules;

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
                var found = MembersOfJson(plan.Find(entity.Label)!.Fields, null).ToDictionary(member => member.Path, member => member.Rule);
                var named = rules.Of(entity.Label).Select(rule => rule.Field).Concat(rules.FreeOf(entity.Label).Where(field => SanitizePlan.Has(entity, field)));
                foreach (var field in FieldsOf(entity, string.Empty).Union(named).Union(found.Keys).Order(StringComparer.Ordinal))
                {
                    json.WritePropertyName(field);
                    Write(json, rules.Find(entity.Label, field) ?? found.GetValueOrDefault(field));
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>
    /// The members of JSON that hold values or have a rule, with the rules that hold there, be it because of what they are in: given back as
    /// rules, none must say less. Those that rules cannot name have the same rules by themselves.
    /// </summary>
    private static IEnumerable<(string Path, SanitizeRule? Rule)> MembersOfJson(SanitizedNode owner, SanitizeRule? around)
    {
        foreach (var member in owner.Members)
        {
            var rule = member.RuleIn(around);
            var isCovered = rule is not null && member.Rule is null;
            if (member is { IsInJson: true, IsNameless: false } && (!member.HasMembers || member.Rule is not null || member.IsFree) && !(isCovered && !HasKindAlone(rule!)))
            {
                yield return (member.Path, isCovered ? SanitizeRule.Of(rule!.Kind).Because($"it is within {owner.Path}") : rule);
            }

            foreach (var inner in MembersOfJson(member, rule))
            {
                yield return inner;
            }
        }
    }

    /// <summary>Whether a rule says nothing but its kind, so that it can be written for what it covers.</summary>
    private static bool HasKindAlone(SanitizeRule rule) => rule is { ConstantJson: null, SourceField: null, NameField: null, Make: null };

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
