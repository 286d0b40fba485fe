namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>What has to be there besides a field's name, for the name to tell anything.</summary>
internal enum TopicContext
{
    /// <summary>The name is enough.</summary>
    Nothing,

    /// <summary>The model, or the object around it, tells of a person.</summary>
    Person,

    /// <summary>The object around it, or the name's first words, say that it is part of an address.</summary>
    Address,

    /// <summary>The same, or they say what an address is for: <c>billing_state</c>.</summary>
    AnyAddress,

    /// <summary>The model has the number of a card.</summary>
    Card,
}
