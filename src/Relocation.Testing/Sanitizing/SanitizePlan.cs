namespace Relocation.Testing.Sanitizing;

/// <summary>All models' rules, with those that references take over from what they lead to.</summary>
internal sealed class SanitizePlan
{
    private readonly Dictionary<ModelLabel, SanitizedModel> _models = [];
    /// <summary>The first stands for members that no rule names.</summary>
    private readonly List<string> _sources = ["a member whose name speaks of a secret or an address"];

    private SanitizePlan(RelocationModel model, SanitizeRules rules)
    {
        Model = model;
        foreach (var entity in model.Entities)
        {
            _models.Add(entity.Label, Build(entity, rules));
        }

        foreach (var entity in model.Entities)
        {
            PassOn(entity, entity, string.Empty);
        }

        Vocabulary = model.Entities.SelectMany(entity => entity.Fields.SelectMany(field => field.Name.Split('.')).Append(entity.Label.Model).Append(entity.Label.App))
            .Select(word => word.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }

    internal RelocationModel Model { get; }

    /// <summary>Words that are no values: the names of models and fields.</summary>
    internal HashSet<string> Vocabulary { get; }

    internal IEnumerable<SanitizedModel> Models => _models.Values;

    /// <exception cref="ArgumentException">A rule names a model or field that is not there.</exception>
    internal static SanitizePlan Make(RelocationModel model, SanitizeRules? rules) => new(model, rules ?? SanitizeRules.Default(model));

    internal SanitizedModel? Find(ModelLabel label) => _models.GetValueOrDefault(label);

    /// <summary>The field that a number stands for.</summary>
    internal string SourceOf(ushort number) => _sources[number];

    private SanitizedModel Build(RelocationEntity entity, SanitizeRules rules)
    {
        var root = new SanitizedNode(string.Empty);
        AddFields(root, entity, string.Empty);
        var missing = new List<string>();
        var keys = new SanitizedNode?[entity.Key.Fields.Count];
        foreach (var (field, rule) in rules.Of(entity.Label))
        {
            var part = entity.PositionInKey(field);
            if (part >= 0)
            {
                keys[part] = Ruled(new SanitizedNode(field), entity.Label, entity.Key.Fields[part], rule);
            }
            else if (IsThere(entity, field))
            {
                var node = Ruled(root.At(field), entity.Label, entity.FindField(field), rule);
                node.MadeOf = rule.SourceField is { } source ? ParentOf(root, field).At(source) : null;
            }
            else
            {
                missing.Add(field);
            }
        }

        return missing.Count == 0 ? new SanitizedModel(entity.Label, root, keys) : throw Errors.SanitizedFieldMissing(entity.Label.Value, missing);
    }

    private SanitizedNode Ruled(SanitizedNode node, ModelLabel label, RelocationField? field, SanitizeRule rule)
    {
        node.Rule = rule;
        node.MaxLength = LongestOf(field) ?? node.MaxLength;
        node.Source = (ushort)Math.Min(_sources.Count, ushort.MaxValue);
        if (_sources.Count <= ushort.MaxValue)
        {
            _sources.Add($"{label}.{node.Path}");
        }

        return node;
    }

    private static void AddFields(SanitizedNode root, RelocationEntity rows, string prefix)
    {
        foreach (var field in rows.Fields)
        {
            var node = root.At(prefix + field.Name);
            node.MaxLength = LongestOf(field) ?? node.MaxLength;
            var parent = ParentOf(root, prefix + field.Name);
            foreach (var other in field.AllNames.Where(name => ParentPath(name) == ParentPath(field.Name)))
            {
                parent.AddName(other[(other.LastIndexOf('.') + 1)..], node);
            }
        }

        foreach (var child in rows.Children)
        {
            root.At(prefix + child.Name).IsReference = child.HoldsKeys;
            if (!child.HoldsKeys)
            {
                AddFields(root, child.Rows, $"{prefix}{child.Name}.");
            }
        }
    }

    /// <summary>The longest text that a field takes, or an element of it. Parts of a list that is written as one text keep their length.</summary>
    private static int? LongestOf(RelocationField? field) =>
        field?.LongestElement is not { } element ? field?.MaxLength : field.Encoding == FieldEncoding.Native ? element : 0;

    private static SanitizedNode ParentOf(SanitizedNode root, string path) => ParentPath(path) is { Length: > 0 } parent ? root.At(parent) : root;

    private static string ParentPath(string path) => path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : string.Empty;

    /// <summary>Whether a rule's field is one of the model, of its members, or within a JSON column.</summary>
    private static bool IsThere(RelocationEntity rows, string field)
    {
        if (rows.Fields.Any(known => known.Name == field || (known.Type == FieldType.Json && field.StartsWith(known.Name + ".", StringComparison.Ordinal))))
        {
            return true;
        }

        var owner = rows.Children.FirstOrDefault(child => !child.HoldsKeys && field.StartsWith(child.Name + ".", StringComparison.Ordinal));
        return owner is not null && (IsThere(owner.Rows, field[(owner.Name.Length + 1)..]) || owner.Rows.PositionInKey(field[(owner.Name.Length + 1)..]) >= 0);
    }

    /// <summary>Keys that are replaced are replaced alike wherever a record refers to them; all other references stay.</summary>
    private void PassOn(RelocationEntity entity, RelocationEntity rows, string prefix)
    {
        var model = _models[entity.Label];
        foreach (var reference in rows.References)
        {
            for (var part = 0; part < reference.Fields.Count; part++)
            {
                var target = Model.Find(reference.Target);
                var node = RuleOfTarget(target, reference, part);
                var position = rows.PositionInKey(reference.Fields[part]);
                if (position >= 0 && prefix.Length == 0 && node is not null && model.Key is SanitizedNode?[] keys)
                {
                    keys[position] ??= node;
                }
                else if (position < 0)
                {
                    var own = model.Fields.At(prefix + reference.Fields[part]);
                    own.IsReference = node is null && own.Rule is null;
                    own.Rule ??= node?.Rule;
                }
            }
        }

        foreach (var child in rows.Children.Where(child => !child.HoldsKeys))
        {
            PassOn(entity, child.Rows, $"{prefix}{child.Name}.");
        }
    }

    private SanitizedNode? RuleOfTarget(RelocationEntity? target, RelocationReference reference, int part)
    {
        if (target is null || !_models.TryGetValue(target.Label, out var model))
        {
            return null;
        }

        if (reference.TargetFields.Count > part)
        {
            var node = model.Fields.At(reference.TargetFields[part]);
            return node.Rule is null ? null : node;
        }

        return part < model.Key.Count ? model.Key[part] : null;
    }
}
