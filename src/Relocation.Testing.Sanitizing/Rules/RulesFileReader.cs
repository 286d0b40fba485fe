using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing.Rules;

/// <summary>Reads the rules out of a rules file, and collects all that is wrong with it.</summary>
internal sealed class RulesFileReader(RulesText text)
{
    private const string Dropped = "dropped";
    private const string Tokens = "token:";
    private const int LongestToken = 4_000;

    private static readonly string[] Parts = ["sanitize", "drift", "$schema"];
    private static readonly string[] RuleMembers = ["kind", "of", "value", "because"];
    private static readonly string[] ModelMembers = ["was", "fields"];
    private static readonly string[] FieldMembers = ["was", "default", "generate"];

    private readonly List<RulesFileProblem> _problems = [];
    private readonly List<SanitizeEntry> _entries = [];
    private readonly List<(BackupRule Rule, int Line, int Column)> _drift = [];

    internal IReadOnlyList<RulesFileProblem> Problems => _problems;

    internal IReadOnlyList<SanitizeEntry> Entries => _entries;

    internal IReadOnlyList<(BackupRule Rule, int Line, int Column)> Drift => _drift;

    internal void Read(RulesValue root)
    {
        foreach (var part in MembersOf(root, "A rules file is an object with 'sanitize' and 'drift'.", Parts))
        {
            foreach (var model in part.Name == "$schema" ? [] : MembersOf(part.Value, $"'{part.Name}' is an object whose members are models, as in \"shop.customer\".", null))
            {
                if (!ModelLabel.TryParse(model.Name, out var label))
                {
                    Add(model.Position, $"'{model.Name}' is no model. Write 'app.model', as in \"shop.customer\".");
                }
                else if (part.Name == "sanitize")
                {
                    ReadRules(label, model.Value);
                }
                else
                {
                    ReadDrift(label, model);
                }
            }
        }
    }

    private void ReadRules(ModelLabel model, RulesValue fields)
    {
        foreach (var field in MembersOf(fields, "The rules of a model are an object whose members are fields, as in \"first_name\": \"name\".", null))
        {
            if (field.Name.Length == 0)
            {
                Add(field.Position, "A field has no name. Write it before the colon.");
                continue;
            }

            var (rule, isDefault, isRight) = RuleOf(field.Value);
            if (isRight)
            {
                var (line, column) = text.PlaceOf(field.Position);
                _entries.Add(new SanitizeEntry(model, field.Name, rule, isDefault, line, column));
            }
        }
    }

    private (SanitizeRule? Rule, bool IsDefault, bool IsRight) RuleOf(RulesValue value)
    {
        if (value.Kind == JsonValueKind.Null)
        {
            return (null, false, true);
        }

        var members = value.Kind == JsonValueKind.String
            ? []
            : MembersOf(value, "A rule is the name of a kind, an object with 'kind', or null for none.", RuleMembers).ToDictionary(member => member.Name, member => member.Value);
        var kind = value.Kind == JsonValueKind.String ? value : members.GetValueOrDefault("kind");
        if (kind?.Text is not { } name)
        {
            if (value.Kind is JsonValueKind.Object or JsonValueKind.String)
            {
                Add(kind?.Position ?? value.Position, $"The rule has no 'kind'. Write one of {string.Join(", ", SanitizeKindName.All)}.");
            }

            return (null, false, false);
        }

        if (members.GetValueOrDefault("because") is { Kind: not JsonValueKind.String } because)
        {
            Add(because.Position, "'because' is text: why the field has the rule.");
        }

        return Made(kind, name, members);
    }

    private (SanitizeRule? Rule, bool IsDefault, bool IsRight) Made(RulesValue kind, string name, Dictionary<string, RulesValue> members)
    {
        var of = members.GetValueOrDefault("of");
        var takesField = name is "slug" or SanitizeKindName.Upper;
        if (of is not null && (!takesField || string.IsNullOrEmpty(of.Text)))
        {
            Add(of.Position, takesField ? "'of' is the name of another field of the model." : "'of' belongs to the kinds slug and upper. Leave it out.");
            return default;
        }

        if (members.GetValueOrDefault("value") is { } extra && name != SanitizeKindName.Constant)
        {
            Add(extra.Position, "'value' belongs to the kind constant. Leave it out.");
            return default;
        }

        switch (name)
        {
            case SanitizeKindName.Default:
                return (null, true, true);
            case SanitizeKindName.Constant when members.GetValueOrDefault("value") is { } value:
                return (SanitizeRule.Constant(value.Json), false, true);
            case SanitizeKindName.Constant:
                Add(kind.Position, "The kind constant needs a value, as in {\"kind\": \"constant\", \"value\": \"CA\"}.");
                return default;
            case SanitizeKindName.Upper or "slug" when of?.Text is { Length: > 0 } field:
                return (name == SanitizeKindName.Upper ? SanitizeRule.UpperOf(field) : SanitizeRule.SlugOf(field), false, true);
            case SanitizeKindName.Upper or "slug":
                Add(kind.Position, $"The kind {name} needs another field, as in {{\"kind\": \"{name}\", \"of\": \"{(name == "slug" ? "name" : "email")}\"}}.");
                return default;
            case var _ when SanitizeKindName.Parse(name) is { } known:
                return (SanitizeRule.Of(known), false, true);
            default:
                Add(kind.Position, $"There is no kind '{Shown(name)}'.{Near(name, SanitizeKindName.All)} Kinds are {string.Join(", ", SanitizeKindName.All)}.");
                return default;
        }
    }

    private void ReadDrift(ModelLabel label, RulesMember model)
    {
        if (model.Value.Text is Dropped)
        {
            Add(model.Position, BackupRule.ModelDropped(label.Value));
            return;
        }

        foreach (var member in MembersOf(model.Value, "The drift of a model is \"dropped\", or an object with 'was' and 'fields'.", ModelMembers))
        {
            if (member.Name == "was")
            {
                foreach (var former in TextsOf(member.Value, "'was' is the label that older backups use, or a list of such."))
                {
                    if (ModelLabel.TryParse(former.Text, out var was))
                    {
                        Add(former.Position, BackupRule.ModelRenamed(was.Value, label.Value));
                    }
                    else
                    {
                        Add(former.Position, $"'{Shown(former.Text!)}' is no model. Write 'app.model', as in \"shop.customer\".");
                    }
                }
            }
            else
            {
                foreach (var field in MembersOf(member.Value, "'fields' is an object whose members are fields.", null))
                {
                    ReadFieldDrift(label, field);
                }
            }
        }
    }

    private void ReadFieldDrift(ModelLabel label, RulesMember field)
    {
        if (string.IsNullOrWhiteSpace(field.Name))
        {
            Add(field.Position, "A field has no name. Write it before the colon.");
            return;
        }

        if (field.Value.Text is Dropped)
        {
            Add(field.Position, BackupRule.FieldDropped(label.Value, field.Name));
            return;
        }

        var hasDefault = false;
        foreach (var member in MembersOf(field.Value, "The drift of a field is \"dropped\", or an object with 'was', 'default' or 'generate'.", FieldMembers))
        {
            if (member.Name == "was")
            {
                foreach (var former in TextsOf(member.Value, "'was' is the name that older backups use, or a list of such."))
                {
                    Add(former.Position, BackupRule.FieldRenamed(label.Value, former.Text!, field.Name));
                }
            }
            else if (hasDefault)
            {
                Add(member.Position, "'default' and 'generate' exclude each other. Leave one of them out.");
            }
            else if (member.Name == "default")
            {
                hasDefault = true;
                Add(field.Position, BackupRule.FieldAdded(label.Value, field.Name, FieldDefault.Constant(member.Value.Json)));
            }
            else if (Generated(member.Value) is { } generated)
            {
                hasDefault = true;
                Add(field.Position, BackupRule.FieldAdded(label.Value, field.Name, generated));
            }
        }
    }

    private FieldDefault? Generated(RulesValue value)
    {
        switch (value.Text)
        {
            case "now":
                return FieldDefault.Now;
            case "guid":
                return FieldDefault.Guid;
            case "database":
                return FieldDefault.Database;
            case { } name when name.StartsWith(Tokens, StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(Tokens.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is > 0 and <= LongestToken:
                return FieldDefault.Token(length);
            default:
                Add(value.Position, "'generate' is \"now\", \"guid\", \"database\" or \"token:N\" with N characters, at most 4000.");
                return null;
        }
    }

    /// <summary>The members of an object, without those that are unknown or come twice.</summary>
    private List<RulesMember> MembersOf(RulesValue value, string form, string[]? known)
    {
        var members = new List<RulesMember>();
        if (value.Kind != JsonValueKind.Object)
        {
            Add(value.Position, form);
            return members;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.Members)
        {
            if (!names.Add(member.Name))
            {
                Add(member.Position, $"'{Shown(member.Name)}' comes twice. Leave one of them out.");
            }
            else if (known is not null && !known.Contains(member.Name))
            {
                Add(member.Position, $"There is no '{Shown(member.Name)}' here.{Near(member.Name, known)} {form}");
            }
            else
            {
                members.Add(member);
            }
        }

        return members;
    }

    private List<RulesValue> TextsOf(RulesValue value, string form)
    {
        var texts = value.Kind == JsonValueKind.Array ? value.Items : [value];
        foreach (var wrong in texts.Where(item => string.IsNullOrWhiteSpace(item.Text)))
        {
            Add(wrong.Position, form);
        }

        return [.. texts.Where(item => !string.IsNullOrWhiteSpace(item.Text))];
    }

    private void Add(int position, BackupRule rule)
    {
        var (line, column) = text.PlaceOf(position);
        _drift.Add((rule, line, column));
    }

    private void Add(int position, string message)
    {
        var (line, column) = text.PlaceOf(position);
        _problems.Add(new RulesFileProblem(line, column, message));
    }

    private static string Near(string name, IEnumerable<string> names) => NearMiss.Of(name, names) is [var near, ..] ? $" Did you mean '{near}'?" : string.Empty;

    private static string Shown(string name) => name.Length <= 60 ? name : $"{name[..60]}…";
}
