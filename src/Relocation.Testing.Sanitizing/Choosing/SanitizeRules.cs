using System.Text;
using Relocation.Testing.Sanitizing.Choosing;

namespace Relocation.Testing;

/// <summary>Which fields of which models are replaced, and how. Immutable.</summary>
public sealed class SanitizeRules
{
    private readonly IReadOnlyDictionary<(ModelLabel Model, string Field), SanitizeRule> _rules;

    /// <summary>Fields that somebody said have no rule: within JSON, their names tell none either.</summary>
    private readonly IReadOnlySet<(ModelLabel Model, string Field)> _free;

    private SanitizeRules(IReadOnlyDictionary<(ModelLabel Model, string Field), SanitizeRule> rules, IReadOnlySet<(ModelLabel Model, string Field)> free) =>
        (_rules, _free) = (rules, free);

    /// <summary>No rules: nothing is replaced but members of JSON that no model knows and whose names tell a rule.</summary>
    public static SanitizeRules Empty { get; } = new(new Dictionary<(ModelLabel, string), SanitizeRule>(), new HashSet<(ModelLabel, string)>());

    /// <summary>
    /// The rules that follow from a model: what is declared for the properties; dates, Guids and addresses on the web; secrets; and what a
    /// field's name says of a person - names, addresses, phone and account numbers, numbers of authorities, user names, free text - in
    /// English, and the commonest names in German, French and Spanish. A field called name, title or city has a rule only where its model
    /// has a person's field besides, or is named like a person.
    /// </summary>
    /// <remarks>
    /// Dates of persons, and of records that refer to one, are <see cref="SanitizeKind.Date"/>, all others
    /// <see cref="SanitizeKind.OrderedDate"/>. The rules can be listed: <c>relocation sanitize --list-rules</c>.
    /// </remarks>
    /// <param name="model">The models.</param>
    public static SanitizeRules Default(RelocationModel model) => Empty.WithDefaults(model);

    /// <summary>The rule of a field, or null when it has none.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="field">The field's name; dots lead into objects and into every object of lists.</param>
    public SanitizeRule? Find(ModelLabel model, string field) => _rules.GetValueOrDefault((model, field));

    /// <summary>The rules with another for one field.</summary>
    /// <param name="model">The model's label, for example <c>shop.customer</c>.</param>
    /// <param name="field">The field's name; dots lead into objects and into every object of lists.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="FormatException"><paramref name="model"/> is no label.</exception>
    public SanitizeRules With(string model, string field, SanitizeRule rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(rule);
        return new SanitizeRules(new Dictionary<(ModelLabel, string), SanitizeRule>(_rules) { [(ModelLabel.Parse(model), field)] = rule }, _free);
    }

    /// <summary>The rules with those of <see cref="Default"/>; fields that have a rule are left out.</summary>
    /// <param name="model">The models.</param>
    public SanitizeRules WithDefaults(RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var rules = new Dictionary<(ModelLabel Model, string Field), SanitizeRule>(_rules);
        foreach (var (label, field, rule) in new DefaultSanitizing(model).Rules())
        {
            rules.TryAdd((label, field), rule);
        }

        return new SanitizeRules(rules, _free);
    }

    /// <summary>
    /// The rules without one for a field, which then stays as it is, and is listed as kept. A member of JSON stays even where its name tells a
    /// rule, or the column has one.
    /// </summary>
    /// <param name="model">The model's label.</param>
    /// <param name="field">The field's name; dots lead into objects and into every object of lists.</param>
    /// <exception cref="FormatException"><paramref name="model"/> is no label.</exception>
    public SanitizeRules Without(string model, string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        var rules = new Dictionary<(ModelLabel, string), SanitizeRule>(_rules);
        rules.Remove((ModelLabel.Parse(model), field));
        return new SanitizeRules(rules, new HashSet<(ModelLabel, string)>(_free) { (ModelLabel.Parse(model), field) });
    }

    /// <summary>The rules with others by a function that every field of a model is put to; fields that have a rule are left out.</summary>
    /// <param name="model">The models.</param>
    /// <param name="rule">The rule for a field of a model, or null for none.</param>
    public SanitizeRules WithRule(RelocationModel model, Func<RelocationEntity, RelocationField, SanitizeRule?> rule)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rule);
        var rules = new Dictionary<(ModelLabel Model, string Field), SanitizeRule>(_rules);
        foreach (var entity in model.Entities)
        {
            Add(entity.Label, entity, string.Empty);
        }

        return new SanitizeRules(rules, _free);

        void Add(ModelLabel label, RelocationEntity rows, string prefix)
        {
            foreach (var field in rows.Fields.Concat(rows.Key.Fields))
            {
                var key = (label, prefix + field.Name);
                if (!rules.ContainsKey(key) && rule(rows, field) is { } made)
                {
                    rules.Add(key, made);
                }
            }

            foreach (var child in rows.Children.Where(child => !child.HoldsKeys))
            {
                Add(label, child.Rows, $"{prefix}{child.Name}.");
            }
        }
    }

    /// <summary>The rules as text: one line a field, sorted.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var ((model, field), rule) in _rules.OrderBy(rule => rule.Key.Model).ThenBy(rule => rule.Key.Field, StringComparer.Ordinal))
        {
            text.Append(model).Append('.').Append(field).Append(": ").Append(rule).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The fields of a model that somebody said have no rule.</summary>
    internal IEnumerable<string> FreeOf(ModelLabel model) =>
        _free.Where(free => free.Model == model && !_rules.ContainsKey(free)).Select(free => free.Field);

    internal IEnumerable<(string Field, SanitizeRule Rule)> Of(ModelLabel model) =>
        _rules.Where(rule => rule.Key.Model == model).Select(rule => (rule.Key.Field, rule.Value));
}
