namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>All that a member's name tells of its value and of what is in it. Members that are not told apart by name are by this.</summary>
/// <param name="Kind">The rule that the name tells.</param>
/// <param name="IsPerson">Whether what is in it is a person's.</param>
/// <param name="IsAddress">Whether what is in it is part of an address.</param>
/// <param name="IsForAddress">Whether the name says so, or what an address is for.</param>
internal readonly record struct MemberClass(SanitizeKind? Kind, bool IsPerson, bool IsAddress, bool IsForAddress)
{
    internal static MemberClass Of(string name, SanitizeRule? rule)
    {
        var words = FieldWords.Of(name);
        return new MemberClass(
            rule?.Kind, PersonalWords.SayPerson(words), PersonalWords.SayAddress(words, TopicContext.Address), PersonalWords.SayAddress(words, TopicContext.AnyAddress));
    }
}
