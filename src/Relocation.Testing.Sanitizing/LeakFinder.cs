using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing.Choosing;
using Relocation.Testing.Sanitizing.Replacing;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing;

/// <summary>Goes through one model's sanitised records and looks for values of the original.</summary>
internal sealed class LeakFinder(ModelLabel label, SanitizePlan plan, KnownValues known, LeakList leaks) : RecordObserver
{
    private const int DeepestJson = 4;

    private readonly SanitizedModel _model = plan.Find(label) ?? new SanitizedModel(label, new SanitizedNode(string.Empty), []);
    private readonly List<KnownMatch> _matches = [];
    private int _rank;
    private ulong _element;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        _rank = rank;
        SearchObject(_model.Fields, null, "fields", fields);
    }

    /// <summary>Searches a record's key.</summary>
    internal void ObserveKey(int rank, RecordKey key)
    {
        _rank = rank;
        for (var part = 0; part < key.PartCount; part++)
        {
            if (key.Part(part).Kind == RecordKeyKind.Text)
            {
                var node = part < _model.Key.Length ? _model.Key[part] : null;
                Search(node, node?.Rule, "pk", key.Part(part).AsText());
            }
        }
    }

    private void SearchObject(SanitizedNode node, SanitizeRule? around, string path, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            var member = _model.MemberOf(plan, node, reader, json);
            var rule = member.RuleIn(around);
            if (rule?.Kind == SanitizeKind.Keep)
            {
                continue;
            }

            if (!member.IsDeclared)
            {
                SearchText(path, JsonText.ToText(reader.Name), isMade: false);
            }

            // The path of a member is made only where there is something to say of it.
            if (reader.Kind is JsonToken.String or JsonToken.Object or JsonToken.Array)
            {
                var name = JsonText.ToText(reader.Name);
                SearchValue(member, rule, $"{path}.{(member.IsDeclared ? name : MemberName.Shown(name))}", reader.Kind, reader.Value);
            }
        }
    }

    private void SearchValue(SanitizedNode node, SanitizeRule? rule, string path, JsonToken kind, ReadOnlySpan<byte> value)
    {
        switch (kind)
        {
            case JsonToken.String:
                Search(node, rule, path, JsonText.ToText(value));
                break;
            case JsonToken.Object:
                SearchObject(node, rule, path, value);
                break;
            case JsonToken.Array:
                var reader = new FieldReader(value);
                var within = _element;
                for (var index = 0; reader.ReadElement(); index++)
                {
                    _element = KnownValues.ElementOf(within, index);
                    if (reader.Kind is JsonToken.String or JsonToken.Object or JsonToken.Array)
                    {
                        SearchValue(node, rule, $"{path}.{index}", reader.Kind, reader.Value);
                    }
                }

                _element = within;
                break;
        }
    }

    private void Search(SanitizedNode? node, SanitizeRule? rule, string path, string text)
    {
        if (rule is { Kind: SanitizeKind.Keep } or { ConstantJson: not null } || text.Length == 0 || node?.Words?.Contains(text.ToLowerInvariant()) == true)
        {
            return;
        }

        if (rule is not null && known.IsAt(text, node!.Source, _rank, _element))
        {
            Add(path, node.Source, isWhole: true);
            return;
        }

        // A date may be that of another person by chance, also where no rule says that it moves, such as in keys; a name or slug is made of
        // words that everybody has.
        var isMade = rule is not null;
        var isUnknowable = isMade ? (rule!.IsDate && Sanitizer.IsDate(text)) || PetNames.IsMade(text) : node is { KeepsDates: true } && Sanitizer.IsDate(text);
        var isFound = !isUnknowable && SearchText(path, text, isMade);
        if (!isFound && rule is null && node is { IsListed: true } && known.IsPlain(text))
        {
            node.Kept.Add(text);
        }
    }

    /// <summary>Whether a text, or the JSON in it, holds a known value.</summary>
    private bool SearchText(string path, string text, bool isMade, int depth = 0)
    {
        if (depth < DeepestJson && NestedJson.IsJson(text))
        {
            var isFound = false;
            foreach (var (start, length) in NestedJson.StringsOf(text))
            {
                isFound |= SearchText(path, NestedJson.Decode(text.AsSpan(start, length)), isMade, depth + 1);
            }

            return isFound;
        }

        if (known.TryFindWhole(text, out var whole) && known.IsSearched(text) && (!isMade || known.Tells(text, isPart: false)))
        {
            Add(path, whole.Source, isWhole: true);
            return true;
        }

        return SearchParts(path, text, isMade) | SearchDates(path, text, isMade);
    }

    private bool SearchParts(string path, string text, bool isMade)
    {
        _matches.Clear();
        known.Find(text, _matches);
        var before = leaks.Count;
        foreach (var match in _matches)
        {
            var part = text.AsSpan(match.Start, match.Length);
            if (!isMade || (known.Tells(part, isPart: true) && !PetNames.IsMade(part)))
            {
                Add(path, match.Value.Source, isWhole: match.Length == text.Length);
            }
        }

        return leaks.Count > before;
    }

    private bool SearchDates(string path, string text, bool isMade)
    {
        var at = known.Dates.Find(text, 0, out var length, out _, out var source);
        if (at < 0 || (isMade && !known.Tells(text.AsSpan(at, length), isPart: true)))
        {
            return false;
        }

        Add(path, source, isWhole: length == text.Length);
        return true;
    }

    private void Add(string path, ushort source, bool isWhole) => leaks.Add(new Leak(label, _rank, path, plan.SourceOf(source), isWhole));
}
