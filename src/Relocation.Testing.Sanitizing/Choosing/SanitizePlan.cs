using Relocation.Testing.Sanitizing.Errors;

namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>All models' rules, with those that references take over from what they lead to.</summary>
internal sealed class SanitizePlan
{
    private readonly Dictionary<ModelLabel, SanitizedModel> _models = [];
    private readonly List<string> _sources = [];

    private SanitizePlan(RelocationModel model, SanitizeRules rules)
    {
        Model = model;
        foreach (var entity in model.Entities)
        {
            _models.Add(entity.Label, Build(entity, rules));
        }

        var links = PersonLinks.Of(model);
        foreach (var entity in model.Entities)
        {
            PassOn(entity, entity, string.Empty);
            _models[entity.Label].Person = PersonOf(entity, links);
        }

        Vocabulary = model.Entities.SelectMany(entity => WordsOf(entity).Append(entity.Label.Model).Append(entity.Label.App))
            .Concat(_models.Values.SelectMany(known => known.All).SelectMany(node => node.Words ?? Enumerable.Empty<string>()))
            .Select(word => word.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }

    internal RelocationModel Model { get; }

    /// <summary>Words that are no values: the names of models, fields and members of enums, and what checks compare with.</summary>
    internal HashSet<string> Vocabulary { get; }

    /// <summary>Whether members got their rules after values of them were met.</summary>
    internal bool HasLateRules { get; set; }

    internal IEnumerable<SanitizedModel> Models => _models.Values;

    /// <exception cref="ArgumentException">A rule names a model or field that is not there.</exception>
    internal static SanitizePlan Make(RelocationModel model, SanitizeRules? rules) => new(model, rules ?? SanitizeRules.Default(model));

    internal SanitizedModel? Find(ModelLabel label) => _models.GetValueOrDefault(label);

    /// <summary>The field that a number stands for.</summary>
    internal string SourceOf(ushort number) => _sources[number];

    /// <summary>Whether a model has a field, a part of the key included, that rules may name.</summary>
    internal static bool Has(RelocationEntity entity, string field) =>
        entity.PositionInKey(field) >= 0 || IsThere(entity, field) || entity.DroppedFields.Contains(field.Split('.')[0]);

    /// <summary>The path of a field in the same object as another.</summary>
    internal static string Beside(string field, string other) => ParentPath(field) is { Length: > 0 } parent ? $"{parent}.{other}" : other;

    /// <summary>Whether records of a model lie between others and their persons.</summary>
    internal bool IsBetween(SanitizedModel model) =>
        model.Person is { Target: not null } && _models.Values.Any(other => other.Person?.Target == model.Label);

    /// <summary>Gives a member that only the backup knows the rule that its name tells.</summary>
    internal SanitizedNode Guess(ModelLabel label, SanitizedNode member, SanitizeRule? rule) => rule is null ? member : Ruled(member, label, null, rule);

    /// <summary>Gives a member that was met without a rule the one that its name tells beside what was met later.</summary>
    internal void GuessLate(ModelLabel label, SanitizedNode member, SanitizeRule? rule)
    {
        Guess(label, member, rule);
        HasLateRules |= rule is not null;
    }

    /// <summary>The fields that keep values though no rule says so, sorted.</summary>
    internal IReadOnlyList<KeptField> Kept() =>
    [
        .. _models.Values
            .SelectMany(model => model.All.Where(node => node.Kept.Count > 0).Select(node => (model.Label, Node: node)))
            .GroupBy(kept => (kept.Label, kept.Node.Path))
            .OrderBy(group => group.Key.Label).ThenBy(group => group.Key.Path, StringComparer.Ordinal)
            .Select(group => new KeptField(
                group.Key.Label, group.Key.Path, group.First().Node.Type ?? (group.First().Node.IsInJson ? FieldType.Json : FieldType.Text),
                group.Sum(kept => kept.Node.Kept.Count), group.First().Node.Kept.Samples)),
    ];

    private SanitizedModel Build(RelocationEntity entity, SanitizeRules rules)
    {
        var root = new SanitizedNode(string.Empty);
        AddFields(root, entity, string.Empty);
        var missing = new List<string>();
        var keys = entity.Key.Fields.Select((field, part) => entity.Key.PartKind(part) == RecordKeyKind.Integer ? null : Known(new SanitizedNode(field.Name), field)).ToArray();
        foreach (var (field, rule) in rules.Of(entity.Label))
        {
            var part = entity.PositionInKey(field);
            if (part >= 0)
            {
                keys[part] = Ruled(keys[part] ?? Known(new SanitizedNode(field), entity.Key.Fields[part]), entity.Label, entity.Key.Fields[part], rule);
            }
            else if (Has(entity, field))
            {
                var node = Ruled(root.At(field), entity.Label, entity.FindField(field), rule);
                node.MadeOf = rule.SourceField is { } source ? ParentOf(root, field).At(source) : null;
            }
            else
            {
                missing.Add(field);
            }
        }

        foreach (var part in keys.OfType<SanitizedNode>())
        {
            part.IsKey = true;
        }

        foreach (var node in rules.FreeOf(entity.Label).Where(field => entity.PositionInKey(field) < 0 && Has(entity, field)).Select(root.At).Where(node => node.IsInJson || !node.IsDeclared))
        {
            node.IsFree = true;
        }

        // What lies on the way to a member that a rule names has the rule that it has where none does.
        foreach (var node in root.All.Where(node => node is { IsDeclared: false, Rule: null, IsFree: false, Parent: not null }))
        {
            Guess(entity.Label, node, DefaultSanitizing.RuleOf(node.Name, node.Parent!.Name));
        }

        return missing.Count == 0 ? new SanitizedModel(entity.Label, root, keys) : throw SanitizeErrors.SanitizedFieldMissing(entity.Label.Value, missing);
    }

    private SanitizedNode Ruled(SanitizedNode node, ModelLabel label, RelocationField? field, SanitizeRule rule)
    {
        node.Rule = rule;
        node.MaxLength = LongestOf(field) ?? node.MaxLength;
        node.Source = (ushort)Math.Min(_sources.Count, ushort.MaxValue);
        if (_sources.Count < ushort.MaxValue)
        {
            _sources.Add($"{label}.{node.Path}");
        }
        else if (_sources.Count == ushort.MaxValue)
        {
            _sources.Add("another field");
        }

        return node;
    }

    /// <summary>A node with what the model knows of its field.</summary>
    private static SanitizedNode Known(SanitizedNode node, RelocationField field)
    {
        (node.Type, node.IsDeclared) = (field.Type, true);
        node.IsJsonText = field.MayHoldJsonInText;
        node.MaxLength = LongestOf(field) ?? node.MaxLength;
        node.Words = WordsOf(field) ?? (field.Element is { } element ? WordsOf(element) : null);
        foreach (var member in field.Members.Concat(field.Element?.Members ?? []))
        {
            Known(node.At(member.Name), member);
        }

        return node;
    }

    /// <summary>The names of an enum's members, where only they may stand.</summary>
    private static HashSet<string>? WordsOf(RelocationField field)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType ?? typeof(string)) ?? field.ClrType;
        return type?.IsEnum == true ? Enum.GetNames(type).Select(name => name.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal)
            : field.NameOf is null ? null : [];
    }

    /// <summary>The names of a model's fields, and the texts that its checks compare with.</summary>
    private static IEnumerable<string> WordsOf(RelocationEntity entity) =>
        entity.Fields.SelectMany(field => field.Name.Split('.'))
            .Concat(entity.Checks.Values.SelectMany(check => check.Split('\'').Where((_, part) => part % 2 == 1)));

    private PersonReference PersonOf(RelocationEntity entity, PersonLinks links)
    {
        var model = _models[entity.Label];
        return links.Find(entity.Label)?.Reference is { } reference && !reference.Fields.Any(field => field.Contains('.'))
            ? new PersonReference(reference.Target, [.. reference.Fields.Select(field => entity.PositionInKey(field) is >= 0 and var part
                ? ((SanitizedNode?)null, part)
                : (model.Fields.At(field), -1))])
            : new PersonReference(null, []);
    }

    private static void AddFields(SanitizedNode root, RelocationEntity rows, string prefix)
    {
        foreach (var field in rows.Fields)
        {
            var node = Known(root.At(prefix + field.Name), field);
            var parent = ParentOf(root, prefix + field.Name);
            foreach (var other in field.AllNames.Where(name => ParentPath(name) == ParentPath(field.Name)))
            {
                parent.AddName(other[(other.LastIndexOf('.') + 1)..], node);
            }
        }

        foreach (var child in rows.Children)
        {
            var member = root.At(prefix + child.Name);
            (member.IsReference, member.IsDeclared) = (child.HoldsKeys, true);
            if (!child.HoldsKeys)
            {
                AddFields(root, child.Rows, $"{prefix}{child.Name}.");
                foreach (var key in child.Rows.Key.Fields.Where(key => !child.OwnerFields.Contains(key.Name)))
                {
                    Known(root.At($"{prefix}{child.Name}.{key.Name}"), key);
                }
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

    /// <summary>
    /// Keys that are replaced are replaced alike wherever a record refers to them, as are known values within the fields of alternate keys; all
    /// other references stay.
    /// </summary>
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
                if (position >= 0 && prefix.Length == 0 && model.Key[position] is { Rule: null } own)
                {
                    (own.Rule, own.IsReference, own.Source) = (node?.Rule, node is null, node?.Source ?? 0);
                }
                else if (position < 0)
                {
                    var field = model.Fields.At(prefix + reference.Fields[part]);
                    var isText = target is not null && reference.TargetFields.Count > part && IsText(target, reference.TargetFields[part]);
                    (field.IsReference, field.Source) = (node is null && field.Rule is null && !isText, field.Rule is null ? node?.Source ?? 0 : field.Source);
                    field.Rule ??= node?.Rule;
                }
            }
        }

        foreach (var child in rows.Children)
        {
            if (!child.HoldsKeys)
            {
                PassOn(entity, child.Rows, $"{prefix}{child.Name}.");
            }
            else if (child.Rows.References is [{ Fields.Count: 1 } only, ..] && RuleOfTarget(Model.Find(only.Target), only, 0) is { } key)
            {
                var list = model.Fields.At(prefix + child.Name);
                (list.IsReference, list.Rule, list.Type, list.MaxLength, list.Source) = (false, key.Rule, key.Type, key.MaxLength, key.Source);
            }
        }
    }

    /// <summary>Whether a field that others refer to is neither key nor reference itself, so that known values within it are replaced as in any text.</summary>
    private static bool IsText(RelocationEntity target, string field) =>
        target.PositionInKey(field) < 0 && !target.References.Any(reference => reference.Fields.Contains(field));

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

        return part < model.Key.Length && model.Key[part] is { Rule: not null } key ? key : null;
    }
}
