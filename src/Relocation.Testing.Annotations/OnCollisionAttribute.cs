namespace Relocation.Testing;

/// <summary>Says what happens to records of the entity whose unique values are taken, as <c>OnCollision</c> in the model does.</summary>
/// <param name="policy">The policy.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnCollisionAttribute(CollisionPolicy policy) : Attribute
{
    /// <summary>The policy.</summary>
    public CollisionPolicy Policy { get; } = policy;
}
