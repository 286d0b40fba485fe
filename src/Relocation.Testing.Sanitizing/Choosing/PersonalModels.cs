namespace Relocation.Testing.Sanitizing.Choosing;

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
    internal static bool IsPerson(RelocationEntity entity) => IsNamedLikePerson(entity) || entity.Fields.Any(field => TopicOf(field)?.NamesRecord == true);

    /// <summary>Whether a model names persons, be it others than its records are: the recipient of an order.</summary>
    internal static bool NamesPerson(RelocationEntity entity) => entity.Fields.Any(field => TopicOf(field)?.NamesPerson == true);

    /// <summary>Whether the name of a model, of its class or of its table is that of an address.</summary>
    internal static bool IsNamedLikeAddress(RelocationEntity entity) =>
        PersonalWords.AreAddress(FieldWords.Of(entity.Label.Model))
        || PersonalWords.AreAddress(FieldWords.Of(entity.Table))
        || (entity.ClrType is { } type && PersonalWords.AreAddress(FieldWords.Of(type.Name.Split('`')[0])));

    /// <summary>Whether a number's name is that of a number of an authority, but means something to count with: a rate, or a sine.</summary>
    internal static bool IsRate(RelocationField field) =>
        field.Type is FieldType.Integer or FieldType.Decimal or FieldType.Real && FieldWords.Of(field.Name) is [.., "vat" or "sin"];

    internal static bool HasCard(RelocationEntity rows) => rows.Fields.Any(field => TopicOf(field)?.Kind == SanitizeKind.CardNumber);

    private static PersonalTopic? TopicOf(RelocationField field) => field.Type switch
    {
        FieldType.Text or FieldType.Integer or FieldType.Array when !IsRate(field) => PersonalWords.TopicOf(FieldWords.Of(field.Name[(field.Name.LastIndexOf('.') + 1)..])),
        FieldType.Date or FieldType.DateTime or FieldType.Instant =>
            PersonalWords.TopicOf(FieldWords.Of(field.Name[(field.Name.LastIndexOf('.') + 1)..])) is { Kind: SanitizeKind.Date } topic ? topic : null,
        _ => null,
    };
}
