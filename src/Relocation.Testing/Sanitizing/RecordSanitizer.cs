using System.Text.Json;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Sanitizing;

/// <summary>Writes records with their values replaced. What no rule and no known value touches is copied byte for byte.</summary>
internal sealed class RecordSanitizer(Utf8JsonWriter writer, Sanitizer sanitizer, TextReplacement? elsewhere)
{
    private readonly SanitizedNode _unknown = new(string.Empty);

    /// <summary>How many values without a rule were changed.</summary>
    internal long Elsewhere { get; private set; }

    /// <summary>The first field whose value is not what its rule replaces, and the rule.</summary>
    internal (string Field, SanitizeRule Rule)? Refused { get; private set; }

    /// <summary>Writes a record; what was written is of no use once a value was refused.</summary>
    internal void Write(SanitizedModel model, ReadOnlySpan<byte> label, ReadOnlySpan<byte> pk, ReadOnlySpan<byte> fields)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, label);
        writer.WritePropertyName("pk"u8);
        WriteKey(model, pk);
        writer.WritePropertyName("fields"u8);
        WriteObject(model.Fields, fields, isRoot: true);
        writer.WriteEndObject();
    }

    private void WriteKey(SanitizedModel model, ReadOnlySpan<byte> pk)
    {
        if (model.Key.All(part => part is null))
        {
            writer.WriteRawValue(pk, skipInputValidation: true);
        }
        else if (pk[0] != (byte)'[')
        {
            WriteKeyPart(model.Key[0], JsonText.TokenOf(pk[0]), pk);
        }
        else
        {
            writer.WriteStartArray();
            var reader = new FieldReader(pk);
            for (var part = 0; reader.ReadElement(); part++)
            {
                WriteKeyPart(model.Key[part], reader.Kind, Token(pk, reader));
            }

            writer.WriteEndArray();
        }
    }

    private void WriteKeyPart(SanitizedNode? node, JsonToken kind, ReadOnlySpan<byte> token)
    {
        if (node?.Rule is { } rule && kind == JsonToken.String)
        {
            writer.WriteStringValue(Map(rule, node, JsonText.ToText(token[1..^1]), default));
            node.Replaced++;
        }
        else
        {
            writer.WriteRawValue(token, skipInputValidation: true);
        }
    }

    private void WriteObject(SanitizedNode node, ReadOnlySpan<byte> json, bool isRoot)
    {
        writer.WriteStartObject();
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            var member = node.Find(reader.Name, reader.NameIsEscaped);
            WriteName(reader, isKnown: isRoot || member is not null);
            var token = Token(json, reader);
            if (member is { Rule: { } rule })
            {
                WriteRuled(rule, member, reader.Kind, token, json);
            }
            else if (member is { IsReference: true })
            {
                writer.WriteRawValue(token, skipInputValidation: true);
            }
            else if (member is null && reader.Kind == JsonToken.String && DefaultSanitizing.RuleOf(JsonText.ToText(reader.Name)) is { } guessed)
            {
                WriteRuled(guessed, _unknown, reader.Kind, token, json);
            }
            else
            {
                WriteOther(member ?? _unknown, reader.Kind, token);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteName(in FieldReader reader, bool isKnown)
    {
        if (reader.NameIsEscaped || (!isKnown && elsewhere is not null))
        {
            var name = JsonText.ToText(reader.Name);
            writer.WritePropertyName(isKnown ? name : Replaced(name, int.MaxValue) ?? name);
        }
        else
        {
            writer.WritePropertyName(reader.Name);
        }
    }

    private void WriteRuled(SanitizeRule rule, SanitizedNode node, JsonToken kind, ReadOnlySpan<byte> token, ReadOnlySpan<byte> owner)
    {
        if (kind == JsonToken.Null || rule.Kind == SanitizeKind.Keep)
        {
            writer.WriteRawValue(token, skipInputValidation: true);
        }
        else if (rule.ConstantJson is { } constant)
        {
            writer.WriteRawValue(constant, skipInputValidation: true);
            node.Replaced++;
        }
        else if (kind == JsonToken.String)
        {
            writer.WriteStringValue(Map(rule, node, JsonText.ToText(token[1..^1]), owner));
            node.Replaced++;
        }
        else if (kind == JsonToken.Array)
        {
            writer.WriteStartArray();
            var reader = new FieldReader(token);
            while (reader.ReadElement())
            {
                WriteRuled(rule, node, reader.Kind, Token(token, reader), owner);
            }

            writer.WriteEndArray();
        }
        else
        {
            Refuse(node, rule);
            writer.WriteNullValue();
        }
    }

    private void WriteOther(SanitizedNode node, JsonToken kind, ReadOnlySpan<byte> token)
    {
        switch (kind)
        {
            case JsonToken.Object when token.Length > 2:
                WriteObject(node, token, isRoot: false);
                break;
            case JsonToken.Array when token.Length > 2:
                writer.WriteStartArray();
                var reader = new FieldReader(token);
                while (reader.ReadElement())
                {
                    WriteOther(node, reader.Kind, Token(token, reader));
                }

                writer.WriteEndArray();
                break;
            case JsonToken.String when elsewhere?.MayChange(token[1..^1]) == true && Replaced(JsonText.ToText(token[1..^1]), node.MaxLength) is { } replaced:
                writer.WriteStringValue(replaced);
                break;
            default:
                writer.WriteRawValue(token, skipInputValidation: true);
                break;
        }
    }

    private string? Replaced(string text, int maxLength)
    {
        var replaced = elsewhere?.Replace(text, maxLength);
        Elsewhere += replaced is null ? 0 : 1;
        return replaced;
    }

    /// <summary>The new value; one of the old one's length where it would not fit otherwise.</summary>
    private string Map(SanitizeRule rule, SanitizedNode node, string text, ReadOnlySpan<byte> owner)
    {
        var mapped = MapBy(rule, node, text, owner);
        return mapped.Length <= node.MaxLength ? mapped : sanitizer.MapSameLength(text);
    }

    private string MapBy(SanitizeRule rule, SanitizedNode node, string text, ReadOnlySpan<byte> owner)
    {
        if (rule.Make is { } make)
        {
            return make(rule.SourceField is null ? text : NewSourceOf(node, rule.SourceField, owner) ?? sanitizer.MapText(text), sanitizer);
        }

        switch (rule.Kind)
        {
            case SanitizeKind.Name:
                return sanitizer.MapName(text, node.MaxLength);
            case SanitizeKind.Slug:
                return sanitizer.MapNameAndSlug(KnownCollector.TextOf(owner, rule.NameField!) ?? string.Empty, text, node.MaxLength).Slug;
            case SanitizeKind.Date:
                return Sanitizer.IsDate(text) ? sanitizer.MapDate(text) : Refuse(node, rule);
            case SanitizeKind.Email:
                return sanitizer.MapEmail(text);
            case SanitizeKind.Url:
                return sanitizer.MapUrl(text);
            case SanitizeKind.Uuid:
                return sanitizer.MapUuid(text);
            case SanitizeKind.IpAddress:
                return sanitizer.MapIpAddress(text);
            default:
                return sanitizer.MapText(text);
        }
    }

    /// <summary>The new value of the field that another is made of; null when the record has none.</summary>
    private string? NewSourceOf(SanitizedNode node, string field, ReadOnlySpan<byte> owner) => KnownCollector.TextOf(owner, field) switch
    {
        null => null,
        var old when node.MadeOf is { Rule: { } rule } source => Map(rule, source, old, owner),
        var old => old,
    };

    private string Refuse(SanitizedNode node, SanitizeRule rule)
    {
        Refused ??= (node.Path, rule);
        return string.Empty;
    }

    /// <summary>The whole token of the reader's value, quotes included.</summary>
    private static ReadOnlySpan<byte> Token(ReadOnlySpan<byte> json, in FieldReader reader) =>
        json.Slice(reader.ValueStart, reader.Kind == JsonToken.String ? reader.Value.Length + 2 : reader.Value.Length);
}
