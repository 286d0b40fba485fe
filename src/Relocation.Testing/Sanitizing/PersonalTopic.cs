namespace Relocation.Testing.Sanitizing;

/// <summary>What the name of a field tells of its values.</summary>
/// <param name="Kind">How they are replaced.</param>
/// <param name="What">What they are, in words.</param>
/// <param name="Demands">What has to be there besides, since the name alone tells too little.</param>
/// <param name="IsOfPerson">Whether a model that has such a field tells of a person, so that its name, title and city are a person's.</param>
internal sealed record PersonalTopic(SanitizeKind Kind, string What, TopicContext Demands = TopicContext.Nothing, bool IsOfPerson = false);
