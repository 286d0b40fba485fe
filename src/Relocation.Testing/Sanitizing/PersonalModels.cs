namespace Relocation.Testing.Sanitizing;

/// <summary>Tells which models are about persons, by their names and fields.</summary>
internal static class PersonalModels
{
    /// <summary>Whether the name of a model, of its class or of its table is that of a person.</summary>
    internal static bool IsNamedLikePerson(RelocationEntity entity) =>
        PersonalWords.SayPerson(FieldWords.Of(entity.Label.Model))
        || PersonalWords.SayPerson(FieldWords.Of(entity.Table))
        || (entity.ClrType is { } type && PersonalWords.SayPerson(FieldWords.Of(type.Name.Split('`')[0])));

    /// <summary>Whether a model has a field that only a person's has, at any depth.</summary>
    internal static bool HasPersonalField(RelocationEntity rows) =>
        rows.Fields.Concat(rows.Key.Fields).Any(field => TopicOf(field) is { Demands: TopicContext.Nothing, IsOfPerson: true })
        || rows.Children.Where(child => !child.HoldsKeys).Any(child => HasPersonalField(child.Rows));

    /// <summary>Whether a model names or identifies persons, so that a record of it is one: more than an address or an account.</summary>
    internal static bool IsPerson(RelocationEntity entity) => IsNamedLikePerson(entity)
        || entity.Fields.Any(field => TopicOf(field) is { Demands: TopicContext.Nothing, IsOfPerson: true, Kind: SanitizeKind.Name or SanitizeKind.UserName or SanitizeKind.Date });

    internal static bool HasCard(RelocationEntity rows) => rows.Fields.Any(field => TopicOf(field)?.Kind == SanitizeKind.CardNumber);

    private static PersonalTopic? TopicOf(RelocationField field) => field.Type switch
    {
        FieldType.Text or FieldType.Integer or FieldType.Array => PersonalWords.TopicOf(FieldWords.Of(field.Name[(field.Name.LastIndexOf('.') + 1)..])),
        FieldType.Date or FieldType.DateTime or FieldType.Instant =>
            PersonalWords.TopicOf(FieldWords.Of(field.Name[(field.Name.LastIndexOf('.') + 1)..])) is { Kind: SanitizeKind.Date } topic ? topic : null,
        _ => null,
    };
}
