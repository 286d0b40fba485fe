using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing.Choosing;
using Relocation.Testing.Sanitizing.Replacing;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing;

/// <summary>Goes through one model's original records: remembers the values that rules replace, dates, and names with their slugs.</summary>
/// <param name="plan">All models' rules.</param>
/// <param name="model">The model.</param>
/// <param name="known">Takes the values.</param>
/// <param name="sanitizer">Takes dates and names; or null, when nothing is to be replaced.</param>
internal sealed class KnownCollector(SanitizePlan plan, SanitizedModel model, KnownValues known, Sanitizer? sanitizer) : RecordObserver
{
    private readonly List<ulong?>? _owners = sanitizer is not null && plan.IsBetween(model) ? [] : null;
    private int _rank;
    private ulong _element;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        _rank = rank;
        _owners?.Add(Persons.HashOf(model.Person!, fields, model.Fields));
        VisitObject(model.Fields, fields);
    }

    /// <summary>Remembers the parts of a key, and which person the record belongs to.</summary>
    internal void ObserveKey(int rank, RecordKey key, Persons? persons)
    {
        _rank = rank;
        if (_owners is not null && rank < _owners.Count)
        {
            persons?.Add(model, key, _owners[rank]);
        }

        for (var part = 0; part < Math.Min(key.PartCount, model.Key.Length); part++)
        {
            if (model.Key[part] is not { } node || key.Part(part).Kind is not (RecordKeyKind.Text or RecordKeyKind.Guid))
            {
                continue;
            }

            var text = key.Part(part).Kind == RecordKeyKind.Text ? key.Part(part).AsText() : key.Part(part).AsGuid().ToString();
            if (node.Rule is { } rule)
            {
                Add(rule, node, text, default);
            }
            else if (node.IsListed)
            {
                known.AddPlain(text);
            }
        }
    }

    private void VisitObject(SanitizedNode node, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            VisitValue(model.MemberOf(plan, node, reader, json), null, reader.Kind, reader.Value, json);
        }
    }

    /// <param name="node">The member.</param>
    /// <param name="around">The rule of a JSON column as a whole, within it.</param>
    /// <param name="kind">What the value is.</param>
    /// <param name="value">The value.</param>
    /// <param name="owner">The object that it is in.</param>
    private void VisitValue(SanitizedNode node, SanitizeRule? around, JsonToken kind, ReadOnlySpan<byte> value, ReadOnlySpan<byte> owner)
    {
        var rule = node.RuleIn(around);
        if (rule?.Kind == SanitizeKind.Keep || node is { IsReference: true })
        {
            return;
        }

        switch (kind)
        {
            case JsonToken.String when rule is not null:
                Add(rule, node, JsonText.ToText(value), owner);
                break;
            case JsonToken.String when node.IsListed && known.KeepsPlain:
                known.AddPlain(JsonText.ToText(value));
                break;
            case JsonToken.Object:
                var members = new FieldReader(value);
                while (members.Read())
                {
                    VisitValue(model.MemberOf(plan, node, members, value), rule, members.Kind, members.Value, value);
                }

                break;
            case JsonToken.Array:
                var reader = new FieldReader(value);
                var within = _element;
                for (var index = 0; reader.ReadElement(); index++)
                {
                    _element = KnownValues.ElementOf(within, index);
                    VisitValue(node, around, reader.Kind, reader.Value, owner);
                }

                _element = within;
                break;
        }
    }

    private void Add(SanitizeRule rule, SanitizedNode node, string text, ReadOnlySpan<byte> owner)
    {
        // The end of all dates tells nothing, and stays.
        if (rule.IsDate && DateText.IsEndless(text))
        {
            return;
        }

        known.AddAt(text, node.Source, _rank, _element);
        switch (rule.Kind)
        {
            case SanitizeKind.Date or SanitizeKind.OrderedDate when Sanitizer.IsDate(text):
                known.Dates.Add(text, node.Source);
                if (rule.Kind == SanitizeKind.OrderedDate)
                {
                    sanitizer?.AddDate(text);
                }

                return;
            case SanitizeKind.Email or SanitizeKind.Text or SanitizeKind.UserName when Sanitizer.IsEmail(text):
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
                known.Add(text, KindOf(rule.Kind), node.Source);
                return;
        }
    }

    private static KnownKind KindOf(SanitizeKind kind) => kind switch
    {
        SanitizeKind.IpAddress => KnownKind.IpAddress,
        SanitizeKind.UserName => KnownKind.UserName,
        SanitizeKind.Phone => KnownKind.Phone,
        SanitizeKind.Iban => KnownKind.Iban,
        SanitizeKind.CardNumber => KnownKind.CardNumber,
        SanitizeKind.CardExpiry => KnownKind.CardExpiry,
        SanitizeKind.MacAddress => KnownKind.MacAddress,
        SanitizeKind.Coordinate => KnownKind.Coordinate,
        SanitizeKind.Binary => KnownKind.Binary,
        _ => KnownKind.Text,
    };

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
