namespace Relocation.Testing;

/// <summary>Says what happens when the reference leads nowhere; on its navigation or a property of the foreign key.</summary>
/// <param name="policy">The policy.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class OnUnresolvedAttribute(UnresolvedReferencePolicy policy) : Attribute
{
    /// <summary>The policy.</summary>
    public UnresolvedReferencePolicy Policy { get; } = policy;
}
