using Relocation.Testing.Backups;

namespace Relocation.Testing.Sanitizing;

/// <summary>What happens to one model's records.</summary>
internal sealed class SanitizedModel(ModelLabel label, SanitizedNode fields, SanitizedNode?[] key)
{
    /// <summary>How many members the backup alone knows are told apart by their names; what comes after them is told apart by what the names tell.</summary>
    private const int MostFound = 2_000;

    private int _found;

    /// <summary>The model's label.</summary>
    internal ModelLabel Label { get; } = label;

    /// <summary>The rules of the fields.</summary>
    internal SanitizedNode Fields { get; } = fields;

    /// <summary>The parts of the key that are text or Guids, or have a rule; null for other numbers.</summary>
    internal SanitizedNode?[] Key { get; } = key;

    /// <summary>Whether a rule replaces a part of the key.</summary>
    internal bool HasRuledKey => Array.Exists(Key, part => part?.Rule is not null);

    /// <summary>The person that its records belong to, when dates are moved by persons.</summary>
    internal PersonReference? Person { get; set; }

    internal IEnumerable<SanitizedNode> All => Fields.All.Concat(Key.OfType<SanitizedNode>());

    /// <summary>The member of that name, with the rule that its name tells where the model does not know it.</summary>
    /// <param name="plan">Numbers the sources of values.</param>
    /// <param name="owner">The object that it is in.</param>
    /// <param name="reader">Stands at the member.</param>
    internal SanitizedNode MemberOf(SanitizePlan plan, SanitizedNode owner, in FieldReader reader)
    {
        if (owner.Find(reader.Name, reader.NameIsEscaped) is { } known)
        {
            return known;
        }

        var name = JsonText.ToText(reader.Name);
        var rule = DefaultSanitizing.RuleOf(name, owner.Name);
        if (_found < MostFound && MemberName.IsIdentifier(name))
        {
            _found++;
            return plan.Guess(Label, owner.Add(name), rule);
        }

        var kind = MemberClass.Of(name, rule);
        return owner.FindRest(kind) ?? plan.Guess(Label, owner.AddRest(kind, name), rule);
    }
}
