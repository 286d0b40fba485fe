using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>What happens to one model's records.</summary>
internal sealed class SanitizedModel(ModelLabel label, SanitizedNode fields, SanitizedNode?[] key)
{
    /// <summary>How many members the backup alone knows are told apart by their names; what comes after them is told apart by what the names tell.</summary>
    private const int MostFound = 2_000;

    /// <summary>In so many members at the start of an object a person's is looked for; those of a dictionary may be many.</summary>
    private const int MostBeside = 200;

    private int _found;

    /// <summary>The model's label.</summary>
    internal ModelLabel Label { get; } = label;

    /// <summary>The rules of the fields.</summary>
    internal SanitizedNode Fields { get; } = fields;

    /// <summary>The parts of the key that are text or Guids, or have a rule; null for other numbers.</summary>
    internal SanitizedNode?[] Key { get; } = key;

    /// <summary>The person that its records belong to, when dates are moved by persons.</summary>
    internal PersonReference? Person { get; set; }

    internal IEnumerable<SanitizedNode> All => Fields.All.Concat(Key.OfType<SanitizedNode>());

    /// <summary>The member of that name, with the rule that its name tells where the model does not know it.</summary>
    /// <param name="plan">Numbers the sources of values.</param>
    /// <param name="owner">The object that it is in.</param>
    /// <param name="reader">Stands at the member.</param>
    /// <param name="json">The object.</param>
    internal SanitizedNode MemberOf(SanitizePlan plan, SanitizedNode owner, in FieldReader reader, ReadOnlySpan<byte> json)
    {
        if (owner.Find(reader.Name, reader.NameIsEscaped) is { } known)
        {
            return known;
        }

        var name = JsonText.ToText(reader.Name);
        var rule = DefaultSanitizing.RuleOf(name, owner.Name);
        var isToldApart = _found < MostFound && MemberName.IsIdentifier(name);
        if (rule is null && owner.Parent is not null && DefaultSanitizing.RuleBesidePerson(name) is { } ofPerson
            && (owner.TellsOfPerson || (isToldApart && HoldsPerson(json))))
        {
            rule = ofPerson;
        }

        if (isToldApart)
        {
            _found++;
            var told = owner.TellsOfPerson;
            var member = plan.Guess(Label, owner.Add(name), rule);
            if (!told && owner.TellsOfPerson)
            {
                GuessBeside(plan, owner);
            }

            return member;
        }

        var kind = MemberClass.Of(name, rule);
        return owner.FindRest(kind) ?? plan.Guess(Label, owner.AddRest(kind, name), rule);
    }

    /// <summary>Gives members that were known before a person's member was found beside them the rules that they have there.</summary>
    private void GuessBeside(SanitizePlan plan, SanitizedNode owner)
    {
        foreach (var member in owner.Members.Where(member => member is { Rule: null, IsDeclared: false, IsFree: false, IsNameless: false }))
        {
            plan.GuessLate(Label, member, DefaultSanitizing.RuleBesidePerson(member.Name));
        }
    }

    private static bool HoldsPerson(ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        for (var read = 0; read < MostBeside && reader.Read(); read++)
        {
            if (DefaultSanitizing.TellsOfPerson(JsonText.ToText(reader.Name)))
            {
                return true;
            }
        }

        return false;
    }
}
