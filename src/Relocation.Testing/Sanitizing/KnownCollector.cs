using Relocation.Testing.Backups;

namespace Relocation.Testing.Sanitizing;

/// <summary>Goes through one model's original records: remembers the values that rules replace, dates, and names with their slugs.</summary>
/// <param name="model">The model.</param>
/// <param name="known">Takes the values.</param>
/// <param name="sanitizer">Takes dates and names; or null, when nothing is to be replaced.</param>
internal sealed class KnownCollector(SanitizedModel model, KnownValues known, Sanitizer? sanitizer) : RecordObserver
{
    /// <summary>Where the fields of older models and JSON that no rule names are put down.</summary>
    private readonly SanitizedNode _unknown = new(string.Empty);
    private int _rank;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        _rank = rank;
        VisitObject(model.Fields, fields);
    }

    /// <summary>Remembers the parts of a key that rules replace.</summary>
    internal void ObserveKey(int rank, RecordKey key)
    {
        _rank = rank;
        for (var part = 0; part < Math.Min(key.Parts.Count, model.Key.Count); part++)
        {
            if (model.Key[part] is { Rule: { } rule } node && key.Parts[part].Kind is RecordKeyKind.Text or RecordKeyKind.Guid)
            {
                Add(rule, node, key.Parts[part].Kind == RecordKeyKind.Text ? key.Parts[part].AsText() : key.Parts[part].AsGuid().ToString(), default);
            }
        }
    }

    private void VisitObject(SanitizedNode node, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            var member = node.Find(reader.Name, reader.NameIsEscaped);
            if (member is null)
            {
                known.Short?.AddPlain(JsonText.ToText(reader.Name));
            }

            if (member is null && reader.Kind == JsonToken.String && DefaultSanitizing.RuleOf(JsonText.ToText(reader.Name)) is { } guessed)
            {
                Add(guessed, _unknown, JsonText.ToText(reader.Value), json);
            }
            else if (member?.IsReference != true)
            {
                VisitValue(member, reader.Kind, reader.Value, json);
            }
        }
    }

    private void VisitValue(SanitizedNode? node, JsonToken kind, ReadOnlySpan<byte> value, ReadOnlySpan<byte> owner)
    {
        switch (kind)
        {
            case JsonToken.String when node?.Rule is { } rule:
                Add(rule, node, JsonText.ToText(value), owner);
                break;
            case JsonToken.String:
                known.Short?.AddPlain(JsonText.ToText(value));
                break;
            case JsonToken.Object when node?.Rule is not { Kind: SanitizeKind.Keep }:
                VisitObject(node ?? _unknown, value);
                break;
            case JsonToken.Array when node?.Rule is not { Kind: SanitizeKind.Keep }:
                var reader = new FieldReader(value);
                while (reader.ReadElement())
                {
                    VisitValue(node, reader.Kind, reader.Value, owner);
                }

                break;
        }
    }

    private void Add(SanitizeRule rule, SanitizedNode node, string text, ReadOnlySpan<byte> owner)
    {
        if (rule.Kind is not (SanitizeKind.Keep or SanitizeKind.Date))
        {
            known.Short?.AddAt(text, node.Source, _rank);
        }

        switch (rule.Kind)
        {
            case SanitizeKind.Keep:
                known.Short?.AddPlain(text);
                return;
            case SanitizeKind.Date:
                if (sanitizer is not null && Sanitizer.IsDate(text))
                {
                    sanitizer.AddDate(text);
                }

                return;
            case SanitizeKind.Email when Sanitizer.IsEmail(text):
                AddEmail(text, node.Source);
                return;
            case SanitizeKind.Text when Sanitizer.IsEmail(text):
                AddEmail(text, node.Source);
                return;
            case SanitizeKind.Name:
                _ = sanitizer?.MapName(text, node.MaxLength);
                known.Add(text, KnownKind.Name, node.Source);
                known.Add(SlugTable.Slugify(text), KnownKind.SlugOfName, node.Source);
                return;
            case SanitizeKind.Slug:
                _ = sanitizer?.MapNameAndSlug(TextOf(owner, rule.NameField!) ?? string.Empty, text, node.MaxLength);
                known.Add(text, KnownKind.Slug, node.Source);
                return;
            case SanitizeKind.Url:
                AddUrl(text, node.Source);
                return;
            case SanitizeKind.Uuid when Guid.TryParse(text, out var guid):
                known.Add(guid.ToString("D"), KnownKind.Uuid, node.Source);
                known.Add(guid.ToString("N"), KnownKind.Uuid, node.Source);
                return;
            default:
                known.Add(text, rule.Kind == SanitizeKind.IpAddress ? KnownKind.IpAddress : KnownKind.Text, node.Source);
                return;
        }
    }

    private void AddEmail(string email, ushort source)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        known.Add(email, KnownKind.Email, source);
        known.Add(email.AsSpan(0, at), KnownKind.Text, source);
        known.Add(email.AsSpan(at + 1), KnownKind.Host, source);
    }

    private void AddUrl(string url, ushort source)
    {
        known.Add(url, KnownKind.Url, source);
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start > 3)
        {
            var end = url.AsSpan(start).IndexOfAny('/', '?', '#');
            var host = end < 0 ? url.AsSpan(start) : url.AsSpan(start, end);
            known.Add(host[(host.LastIndexOf('@') + 1)..], KnownKind.Host, source);
        }
    }

    /// <summary>The text of a member of the same object.</summary>
    internal static string? TextOf(ReadOnlySpan<byte> owner, string field)
    {
        if (owner.IsEmpty)
        {
            return null;
        }

        var name = field[(field.LastIndexOf('.') + 1)..];
        var reader = new FieldReader(owner);
        while (reader.Read())
        {
            if (reader.Kind == JsonToken.String && JsonText.ToText(reader.Name) == name)
            {
                return JsonText.ToText(reader.Value);
            }
        }

        return null;
    }
}
