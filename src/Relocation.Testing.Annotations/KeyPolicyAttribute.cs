namespace Relocation.Testing;

/// <summary>Says where new keys of the entity come from, as <c>HasKeyPolicy</c> in the model does.</summary>
/// <param name="policy">The policy.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeyPolicyAttribute(KeyPolicy policy) : Attribute
{
    /// <summary>The policy.</summary>
    public KeyPolicy Policy { get; } = policy;
}
