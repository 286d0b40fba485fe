namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>What the name of a field tells of its values.</summary>
/// <param name="Kind">How they are replaced.</param>
/// <param name="What">What they are, in words.</param>
/// <param name="Demands">What has to be there besides, since the name alone tells too little.</param>
/// <param name="IsOfPerson">Whether a model that has such a field tells of a person, so that its name, title and city are a person's.</param>
/// <param name="IsOfAnother">Whether it is somebody whom the record names, and not who the record is.</param>
/// <param name="IsOfDigits">Whether its values are digits, even where it tells of no person.</param>
internal sealed record PersonalTopic(SanitizeKind Kind, string What, TopicContext Demands = TopicContext.Nothing, bool IsOfPerson = false, bool IsOfAnother = false, bool IsOfDigits = false)
{
    /// <summary>Whether nothing before it says whose it is: true of <c>first_name</c>, but not of <c>recipient_first_name</c>.</summary>
    internal bool IsWholeName { get; init; }

    /// <summary>Whether the record that has such a field is a person, whom it names.</summary>
    internal bool NamesRecord => NamesPerson && IsWholeName && !IsOfAnother;

    /// <summary>Whether it names or identifies a person.</summary>
    internal bool NamesPerson => Demands == TopicContext.Nothing && IsOfPerson && Kind is (SanitizeKind.Name or SanitizeKind.UserName or SanitizeKind.Date);

    /// <summary>Whether a number of that name is one of those values: a telephone number or a card's, but not how many comments there are.</summary>
    internal bool MayBeNumber => IsOfDigits || (IsOfPerson && Kind is (SanitizeKind.Phone or SanitizeKind.CardNumber or SanitizeKind.Iban or SanitizeKind.Text));
}
