using Relocation.Testing.Backups;

namespace Relocation.Testing.Sanitizing;

/// <summary>Goes through one model's sanitised records and looks for values of the original.</summary>
internal sealed class LeakFinder(ModelLabel label, SanitizePlan plan, KnownValues known, LeakList leaks) : RecordObserver
{
    private const int ShortestWhole = 6;
    private const int DeepestJson = 4;

    private readonly SanitizedNode _fields = plan.Find(label)?.Fields ?? new SanitizedNode(string.Empty);
    private readonly List<KnownMatch> _matches = [];
    private int _rank;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        _rank = rank;
        SearchObject(_fields, "fields", fields);
    }

    /// <summary>Searches a record's key.</summary>
    internal void ObserveKey(int rank, RecordKey key)
    {
        _rank = rank;
        for (var part = 0; part < key.Parts.Count; part++)
        {
            if (key.Parts[part].Kind == RecordKeyKind.Text)
            {
                var node = plan.Find(label) is { } model && part < model.Key.Count ? model.Key[part] : null;
                Search(node, "pk", key.Parts[part].AsText(), 0);
            }
        }
    }

    private void SearchObject(SanitizedNode? node, string path, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            var member = node?.Find(reader.Name, reader.NameIsEscaped);
            if (member is null)
            {
                Search(null, path, JsonText.ToText(reader.Name), 0);
            }

            // The path of a member is made only where there is something to say of it.
            if (reader.Kind is JsonToken.String or JsonToken.Object or JsonToken.Array)
            {
                SearchValue(member, member is null ? $"{path}.{JsonText.ToText(reader.Name)}" : $"fields.{member.Path}", reader.Kind, reader.Value);
            }
        }
    }

    private void SearchValue(SanitizedNode? node, string path, JsonToken kind, ReadOnlySpan<byte> value)
    {
        switch (kind)
        {
            case JsonToken.String:
                Search(node, path, JsonText.ToText(value), 0);
                break;
            case JsonToken.Object:
                SearchObject(node, path, value);
                break;
            case JsonToken.Array:
                var reader = new FieldReader(value);
                for (var index = 0; reader.ReadElement(); index++)
                {
                    if (reader.Kind is JsonToken.String or JsonToken.Object or JsonToken.Array)
                    {
                        SearchValue(node, $"{path}.{index}", reader.Kind, reader.Value);
                    }
                }

                break;
        }
    }

    private void Search(SanitizedNode? node, string path, string text, int depth)
    {
        var rule = node?.Rule;
        if (depth < DeepestJson && NestedJson.IsJson(text))
        {
            foreach (var (start, length) in NestedJson.StringsOf(text))
            {
                Search(null, path, NestedJson.Decode(text.AsSpan(start, length)), depth + 1);
            }

            return;
        }

        var isReplaced = rule is { Kind: not (SanitizeKind.Keep or SanitizeKind.Date), ConstantJson: null };
        if (text.Length >= ShortestWhole && known.TryFindWhole(text, out var whole))
        {
            var isLeak = isReplaced || (rule?.Kind != SanitizeKind.Keep && known.IsSearched(text));
            if (isLeak)
            {
                leaks.Add(new Leak(label, _rank, path, plan.SourceOf(whole.Source), IsWhole: true));
                return;
            }

            if (rule?.Kind == SanitizeKind.Keep)
            {
                return;
            }
        }

        if (ShortSource(node, isReplaced, text) is { } source)
        {
            leaks.Add(new Leak(label, _rank, path, plan.SourceOf(source), IsWhole: true));
            return;
        }

        _matches.Clear();
        known.Find(text, _matches);
        foreach (var match in _matches)
        {
            leaks.Add(new Leak(label, _rank, path, plan.SourceOf(match.Value.Source), IsWhole: match.Length == text.Length));
        }
    }

    /// <summary>The field of the original that a whole text comes from, though it is too short to be looked for within others; or null.</summary>
    private ushort? ShortSource(SanitizedNode? node, bool isReplaced, string text) => (known.Short, node?.Rule) switch
    {
        ({ } shorts, null) => shorts.TryFind(text, out var source) ? source : null,
        ({ } shorts, _) when isReplaced && shorts.IsAt(text, node.Source, _rank) => node.Source,
        _ => null,
    };
}
