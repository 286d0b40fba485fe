using System.Text;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing.Choosing;
using Relocation.Testing.Sanitizing.Replacing;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing;

/// <summary>Writes records with their values replaced. What no rule and no known value touches is copied byte for byte.</summary>
internal sealed class RecordSanitizer(Utf8JsonWriter writer, SanitizePlan plan, Sanitizer sanitizer, Persons persons, TextReplacement? elsewhere)
{
    private SanitizedModel _model = null!;
    private int _days;
    private char[] _sampled = new char[256];

    /// <summary>Whether texts that are JSON stand for that JSON, where a field may hold such.</summary>
    internal bool TextsAreJson { get; init; } = true;

    /// <summary>How many values without a rule were changed.</summary>
    internal long Elsewhere { get; private set; }

    /// <summary>The first field whose value is not what its rule replaces, and the rule.</summary>
    internal (string Field, SanitizeRule Rule)? Refused { get; private set; }

    /// <summary>Writes a record; what was written is of no use once a value was refused.</summary>
    internal void Write(SanitizedModel model, ReadOnlySpan<byte> label, ReadOnlySpan<byte> pk, ReadOnlySpan<byte> fields)
    {
        _model = model;
        _days = JsonKey.TryRead(pk, out var key) ? sanitizer.DaysOf(persons.Find(model, key, fields)) : sanitizer.DaysOf(0);
        writer.WriteStartObject();
        writer.WriteString("model"u8, label);
        writer.WritePropertyName("pk"u8);
        WriteKey(pk);
        writer.WritePropertyName("fields"u8);
        WriteObject(model.Fields, fields, null);
        writer.WriteEndObject();
    }

    private void WriteKey(ReadOnlySpan<byte> pk)
    {
        if (pk[0] != (byte)'[')
        {
            WriteKeyPart(_model.Key[0], JsonText.TokenOf(pk[0]), pk);
            return;
        }

        writer.WriteStartArray();
        var reader = new FieldReader(pk);
        for (var part = 0; reader.ReadElement(); part++)
        {
            WriteKeyPart(_model.Key[part], reader.Kind, Token(pk, reader));
        }

        writer.WriteEndArray();
    }

    private void WriteKeyPart(SanitizedNode? node, JsonToken kind, ReadOnlySpan<byte> token)
    {
        if (node is not null && kind == JsonToken.String && node.Rule is { Kind: not SanitizeKind.Keep } rule)
        {
            WriteMapped(rule, node, JsonText.ToText(token[1..^1]), default);
            return;
        }

        // References to the key are replaced, too.
        if (node is not null && kind == JsonToken.Number && node.Rule is { Kind: not SanitizeKind.Keep } ofNumbers)
        {
            WriteNumber(ofNumbers, node, token);
            return;
        }

        if (node is { IsListed: true } && kind == JsonToken.String)
        {
            Keep(node, token[1..^1]);
        }

        writer.WriteRawValue(token, skipInputValidation: true);
    }

    /// <param name="node">The object's member, or the fields themselves.</param>
    /// <param name="json">The object.</param>
    /// <param name="around">The rule of a JSON column as a whole, within it.</param>
    private void WriteObject(SanitizedNode node, ReadOnlySpan<byte> json, SanitizeRule? around)
    {
        writer.WriteStartObject();
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            var member = _model.MemberOf(plan, node, reader, json);
            WriteName(reader, mayChange: !member.IsDeclared && node != _model.Fields);
            var token = Token(json, reader);
            if (member.IsReference)
            {
                writer.WriteRawValue(token, skipInputValidation: true);
            }
            else if (member.RuleIn(around) is { } rule)
            {
                WriteRuled(rule, member, reader.Kind, token, json);
            }
            else
            {
                WriteOther(member, reader.Kind, token);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteName(in FieldReader reader, bool mayChange)
    {
        if (reader.NameIsEscaped || (mayChange && elsewhere is not null))
        {
            var name = JsonText.ToText(reader.Name);
            writer.WritePropertyName(mayChange ? Replaced(name, int.MaxValue) ?? name : name);
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
        else if (rule.ConstantJson is { } declared)
        {
            var constant = node.IsJsonText && !TextsAreJson ? NestedJson.OutOfText(declared) : declared;
            writer.WriteRawValue(constant, skipInputValidation: true);
            node.Replaced += token.SequenceEqual(Encoding.UTF8.GetBytes(constant)) ? 0 : 1;
        }
        else if (kind == JsonToken.String)
        {
            WriteMapped(rule, node, JsonText.ToText(token[1..^1]), owner);
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
        else if (kind == JsonToken.Object && (node.IsInJson || node.Type is null or FieldType.Json))
        {
            WriteObject(node, token, rule);
        }
        else if (kind == JsonToken.Number && (node.TakesNumbers || (node.Type is null && (rule == node.Rule ? !rule.KeepsNumbers : rule.Kind == SanitizeKind.Coordinate))))
        {
            WriteNumber(rule, node, token);
        }
        else if (node.IsInJson || node.Type is null or FieldType.Json)
        {
            writer.WriteRawValue(token, skipInputValidation: true);
        }
        else
        {
            Refuse(node, rule);
            writer.WriteNullValue();
        }
    }

    private void WriteNumber(SanitizeRule rule, SanitizedNode node, ReadOnlySpan<byte> token)
    {
        var old = Encoding.UTF8.GetString(token);
        var mapped = rule.Kind == SanitizeKind.Coordinate ? sanitizer.MapCoordinate(old) : sanitizer.MapNumber(old);
        node.Replaced += mapped == old ? 0 : 1;
        writer.WriteRawValue(mapped, skipInputValidation: true);
    }

    private void WriteMapped(SanitizeRule rule, SanitizedNode node, string text, ReadOnlySpan<byte> owner)
    {
        var mapped = node.Type is FieldType.Array or FieldType.Json && NestedJson.IsJson(text)
            ? NestedJson.Replaced(text, inner => sanitizer.MapSameLength(inner)) ?? text
            : Map(rule, node, text, owner);
        node.Replaced += mapped == text ? 0 : 1;
        writer.WriteStringValue(mapped);
    }

    private void WriteOther(SanitizedNode node, JsonToken kind, ReadOnlySpan<byte> token)
    {
        switch (kind)
        {
            case JsonToken.Object when token.Length > 2:
                WriteObject(node, token, null);
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
            case JsonToken.String when node.TakesText && elsewhere?.MayChange(token[1..^1]) == true && Replaced(JsonText.ToText(token[1..^1]), node.MaxLength) is { } replaced:
                writer.WriteStringValue(replaced);
                break;
            case JsonToken.String when node.IsListed:
                Keep(node, token[1..^1]);
                writer.WriteRawValue(token, skipInputValidation: true);
                break;
            default:
                writer.WriteRawValue(token, skipInputValidation: true);
                break;
        }
    }

    /// <summary>Counts a value that stays.</summary>
    private void Keep(SanitizedNode node, ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty || (node.Words is { } words && words.Contains(JsonText.ToText(raw).ToLowerInvariant())))
        {
            return;
        }

        if (!node.Kept.Takes)
        {
            node.Kept.Add();
        }
        else if (raw.Contains((byte)'\\'))
        {
            node.Kept.Add(JsonText.ToText(raw));
        }
        else
        {
            _sampled = _sampled.Length < raw.Length ? new char[2 * raw.Length] : _sampled;
            node.Kept.Add(_sampled.AsSpan(0, Encoding.UTF8.GetChars(raw, _sampled)));
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

        return rule.Kind switch
        {
            SanitizeKind.Name => sanitizer.MapName(text, node.MaxLength),
            SanitizeKind.Slug => sanitizer.MapNameAndSlug(KnownCollector.TextOf(owner, rule.NameField!) ?? string.Empty, text, node.MaxLength).Slug,
            SanitizeKind.Date or SanitizeKind.OrderedDate => MapDate(rule, node, text),
            SanitizeKind.Email => sanitizer.MapEmail(text),
            SanitizeKind.Url => sanitizer.MapUrl(text),
            SanitizeKind.Uuid => sanitizer.MapUuid(text),
            SanitizeKind.IpAddress => sanitizer.MapIpAddress(text),
            SanitizeKind.UserName => sanitizer.MapUserName(text),
            SanitizeKind.Phone => sanitizer.MapPhone(text),
            SanitizeKind.Iban => sanitizer.MapIban(text),
            SanitizeKind.CardNumber => sanitizer.MapCardNumber(text),
            SanitizeKind.CardExpiry => sanitizer.MapCardExpiry(text),
            SanitizeKind.MacAddress => sanitizer.MapMacAddress(text),
            SanitizeKind.Coordinate => sanitizer.MapCoordinate(text),
            SanitizeKind.Binary => sanitizer.MapBinary(text),
            _ => sanitizer.MapText(text),
        };
    }

    /// <summary>Text that is to be a date, and is none or is written in another way, becomes text where the column takes any.</summary>
    private string MapDate(SanitizeRule rule, SanitizedNode node, string text) => Sanitizer.IsDate(text)
        ? rule.Kind == SanitizeKind.Date ? Sanitizer.MoveDate(text, _days) : sanitizer.MapDate(text)
        : DateText.IsEndless(text) ? text
        : node.IsInJson || node.Type is null or FieldType.Text or FieldType.Array ? sanitizer.MapText(text)
        : Refuse(node, rule);

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
