namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>Which rule a field gets when nobody says so: what is declared, what its name tells, and what it holds.</summary>
internal sealed class DefaultSanitizing
{
    private static readonly string[] SecretWords = ["password", "token", "secret"];

    /// <summary>What a secret's name ends with where it is no secret: the kind of a token, the number of passwords.</summary>
    private static readonly HashSet<string> NoSecretWords = ["type", "kind", "algorithm", "status", "state", "scope", "scopes", "policy", "count", "format"];

    private readonly RelocationModel _model;
    private readonly PersonLinks _links;

    internal DefaultSanitizing(RelocationModel model)
    {
        _model = model;
        _links = PersonLinks.Of(model);
    }

    /// <summary>The rules of all fields that have one.</summary>
    internal IEnumerable<(ModelLabel Model, string Field, SanitizeRule Rule)> Rules() =>
        _model.Entities.SelectMany(entity => RulesOf(entity, entity, string.Empty, []));

    /// <summary>The rule of a member that no model knows: what its name alone tells, and the object that it is in.</summary>
    internal static SanitizeRule? RuleOf(string name, string owner)
    {
        var words = FieldWords.Of(name);
        if (IsSecret(name, words))
        {
            // Tokens are counted, too.
            return SanitizeRule.Text.Because("its name speaks of a secret").WithNumbers(name.Contains("password", StringComparison.OrdinalIgnoreCase));
        }

        var around = FieldWords.Of(owner);
        return PersonalWords.TopicOf(words) is { } topic && IsMet(topic, around, PersonalWords.SayPerson(around), isAddress: false, hasCard: false)
            ? RuleOfMember(topic)
            : null;
    }

    /// <summary>The rule that the name of such a member tells in an object that has a person's member: a name, a title, a town.</summary>
    internal static SanitizeRule? RuleBesidePerson(string name) =>
        PersonalWords.TopicOf(FieldWords.Of(name)) is { Demands: TopicContext.Person } topic ? RuleOfMember(topic) : null;

    /// <summary>Whether only an object that is about a person has a member of that name.</summary>
    internal static bool TellsOfPerson(string name) => PersonalWords.TopicOf(FieldWords.Of(name)) is { Demands: TopicContext.Nothing, IsOfPerson: true };

    private static SanitizeRule RuleOfMember(PersonalTopic topic) => RuleOfText(topic)
        .WithNumbers(topic is not { Kind: SanitizeKind.Text, IsOfPerson: false, IsOfDigits: false, Demands: TopicContext.Nothing or TopicContext.Person });

    private IEnumerable<(ModelLabel Model, string Field, SanitizeRule Rule)> RulesOf(
        RelocationEntity root, RelocationEntity rows, string prefix, IReadOnlyList<string> ownerFields)
    {
        foreach (var field in rows.Fields.Concat(rows.Key.Fields).Where(field => !ownerFields.Contains(field.Name)))
        {
            if (RuleOf(root, rows, prefix, field) is { } rule)
            {
                yield return (root.Label, prefix + field.Name, rule);
            }

            foreach (var (member, memberRule) in RulesOfMembers(root, rows, $"{prefix}{field.Name}.", field))
            {
                yield return (root.Label, member, memberRule);
            }
        }

        foreach (var child in rows.Children.Where(child => !child.HoldsKeys))
        {
            foreach (var rule in RulesOf(root, child.Rows, $"{prefix}{child.Name}.", child.OwnerFields))
            {
                yield return rule;
            }
        }
    }

    /// <summary>The rules of what the objects of a JSON column hold, where the model knows it.</summary>
    private IEnumerable<(string Field, SanitizeRule Rule)> RulesOfMembers(RelocationEntity root, RelocationEntity rows, string prefix, RelocationField field)
    {
        foreach (var member in field.Members.Concat(field.Element?.Members ?? []))
        {
            // A Guid may be the key of something else.
            if (member.Type != FieldType.Guid && RuleOf(root, rows, prefix, member) is { } rule)
            {
                yield return (prefix + member.Name, rule);
            }

            foreach (var inner in RulesOfMembers(root, rows, $"{prefix}{member.Name}.", member))
            {
                yield return inner;
            }
        }
    }

    private SanitizeRule? RuleOf(RelocationEntity root, RelocationEntity rows, string prefix, RelocationField field)
    {
        // What a model declares holds for keys and references, too; what is guessed does not.
        if (field.Sanitizing is { } declared)
        {
            return (declared == SanitizeKind.Slug ? SlugRule(rows, field) : SanitizeRule.Of(declared)).Because("the model declares it");
        }

        if (!field.IsInBackup || PersonalModels.IsRate(field) || field.Name == rows.TypeField || rows.References.Any(reference => reference.Fields.Contains(field.Name)) || IsClosed(field))
        {
            return null;
        }

        var dot = (prefix + field.Name).LastIndexOf('.');
        var name = (prefix + field.Name)[(dot + 1)..];
        var isKey = rows.PositionInKey(field.Name) >= 0;
        return field.Type switch
        {
            FieldType.Text => OfText(root, rows, prefix, field, name, (prefix + field.Name)[..Math.Max(0, dot)], isKey),
            _ when isKey => null,
            FieldType.Instant or FieldType.DateTime or FieldType.Date => DateRule(root),
            FieldType.Guid => SanitizeRule.Uuid.Because("it holds Guids"),
            _ => OfOther(root, rows, field, name, (prefix + field.Name)[..Math.Max(0, dot)]),
        };
    }

    /// <summary>Dates of a person, and of what belongs to one, move together; all others keep their order.</summary>
    private SanitizeRule DateRule(RelocationEntity root) => (_links.Find(root.Label), _links.MoveApart(root)) switch
    {
        (null, _) => SanitizeRule.OrderedDate.Because("it is a date"),
        (_, false) => SanitizeRule.OrderedDate.Because("it is a date that is unique in its table"),
        ({ Target: { } person }, _) => SanitizeRule.Date.Because($"it is a date of a record that belongs to {person}"),
        _ => SanitizeRule.Date.Because("it is a date of a person"),
    };

    private SanitizeRule? OfText(RelocationEntity root, RelocationEntity rows, string prefix, RelocationField field, string name, string owner, bool isKey)
    {
        var words = FieldWords.Of(name);
        if (IdentityModels.RuleOf(rows, field) is { } known)
        {
            return known;
        }

        if (NormalizedOf(rows, field, name) is { } original && RuleOf(root, rows, prefix, original) is { Kind: not SanitizeKind.Keep })
        {
            return SanitizeRule.UpperOf(LastOf(original.Name)).Because($"it is {LastOf(original.Name)} in upper case");
        }

        var topic = OfTopic(root, rows, name, owner);
        if (field.StoreType.Trim().Equals("inet", StringComparison.OrdinalIgnoreCase) && (topic is not null || !isKey))
        {
            return SanitizeRule.IpAddress.Because("its column holds IP addresses");
        }

        if (topic is not null)
        {
            return RuleOfText(topic);
        }

        return name switch
        {
            "slug" when NameBeside(rows, field) is { } beside && OfTopic(root, rows, "name", owner) is not null =>
                SanitizeRule.SlugOf(beside).Because($"it is a slug of {beside}"),
            _ when IsSecret(name, words) => SanitizeRule.Text.Because("its name speaks of a secret"),
            _ when isKey => null,
            _ when name.EndsWith("url", StringComparison.OrdinalIgnoreCase) || name.EndsWith("uri", StringComparison.OrdinalIgnoreCase) =>
                SanitizeRule.Url.Because("its name is that of an address on the web"),
            _ when name.EndsWith("guid", StringComparison.OrdinalIgnoreCase) || name.EndsWith("uuid", StringComparison.OrdinalIgnoreCase) =>
                SanitizeRule.Uuid.Because("its name is that of a Guid"),
            _ => null,
        };
    }

    /// <summary>Numbers and bytes: what is written in digits, such as telephone numbers, and what is kept as bytes.</summary>
    private SanitizeRule? OfOther(RelocationEntity root, RelocationEntity rows, RelocationField field, string name, string owner)
    {
        var topic = OfTopic(root, rows, name, owner);
        return (field.Type, topic) switch
        {
            (FieldType.Bytes, { }) => SanitizeRule.Binary.Because($"its name is that of {topic.What}"),
            (FieldType.Bytes, null) when IsSecret(name, FieldWords.Of(name)) => SanitizeRule.Binary.Because("its name speaks of a secret"),
            (FieldType.Real or FieldType.Decimal, { Kind: SanitizeKind.Coordinate }) => RuleOf(topic),
            (FieldType.Integer or FieldType.Decimal, { MayBeNumber: true }) => RuleOf(topic),
            (FieldType.Array, { Kind: not (SanitizeKind.Binary or SanitizeKind.Coordinate) }) when field.Encoding == FieldEncoding.Native && field.Element is { Type: FieldType.Text } element && !IsClosed(element) =>
                RuleOf(topic),
            _ => null,
        };
    }

    private PersonalTopic? OfTopic(RelocationEntity root, RelocationEntity rows, string name, string owner)
    {
        if (PersonalWords.TopicOf(FieldWords.Of(name)) is not { } topic)
        {
            return null;
        }

        var around = FieldWords.Of(owner);
        var isPerson = PersonalWords.SayPerson(around) || (owner.Length == 0 ? _links.TellsOfPerson(root) : PersonalModels.HasPersonalField(rows));
        var isAddress = owner.Length == 0 && PersonalModels.IsNamedLikeAddress(root);
        return IsMet(topic, around, isPerson, isAddress, PersonalModels.HasCard(rows)) ? topic : null;
    }

    private static bool IsMet(PersonalTopic topic, List<string> around, bool isPerson, bool isAddress, bool hasCard) => topic.Demands switch
    {
        TopicContext.Nothing => true,
        TopicContext.Person => isPerson || (topic.Kind == SanitizeKind.Text && (isAddress || PersonalWords.SayAddress(around, TopicContext.AnyAddress))),
        TopicContext.Card => hasCard,
        _ => isAddress || PersonalWords.SayAddress(around, topic.Demands),
    };

    /// <summary>Where a picture is text, the text says where it is.</summary>
    private static SanitizeRule RuleOfText(PersonalTopic topic) =>
        topic.Kind == SanitizeKind.Binary ? SanitizeRule.Url.Because($"its name is that of {topic.What}") : RuleOf(topic);

    private static SanitizeRule RuleOf(PersonalTopic topic) => SanitizeRule.Of(topic.Kind).Because($"its name is that of {topic.What}");

    /// <summary>Values that only the model's own words may be: members of enums, and the types of a hierarchy.</summary>
    private static bool IsClosed(RelocationField field) => field.NameOf is not null || (Nullable.GetUnderlyingType(field.ClrType ?? typeof(string)) ?? field.ClrType)?.IsEnum == true;

    private static RelocationField? NormalizedOf(RelocationEntity rows, RelocationField field, string name)
    {
        const string Normalized = "normalized";
        var words = FieldWords.Of(name);
        return words.Count > 1 && words[0] is Normalized or "normalised"
            ? rows.Fields.FirstOrDefault(other => other != field && other.Type == FieldType.Text && SanitizePlan.Beside(field.Name, LastOf(other.Name)) == other.Name
                && FieldWords.Of(LastOf(other.Name)).SequenceEqual(words.Skip(1)))
            : null;
    }

    private static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static SanitizeRule SlugRule(RelocationEntity entity, RelocationField field) =>
        NameBeside(entity, field) is { } name ? SanitizeRule.SlugOf(name) : SanitizeRule.Text;

    private static string? NameBeside(RelocationEntity entity, RelocationField field)
    {
        var name = field.Name[..(field.Name.LastIndexOf('.') + 1)] + "name";
        return entity.Fields.Any(other => other.Name == name) ? "name" : null;
    }

    private static bool IsSecret(string name, List<string> words) =>
        Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && !NoSecretWords.Contains(words[^1]);
}
