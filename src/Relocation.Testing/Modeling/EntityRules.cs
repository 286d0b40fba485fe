using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>What fluent annotations and attributes of an EF Core model say about imports; annotations go before attributes.</summary>
internal static class EntityRules
{
    internal const string Keys = "Relocation:KeyPolicy";
    internal const string Collision = "Relocation:OnCollision";
    internal const string ChangedField = "Relocation:ChangedField";
    internal const string Case = "Relocation:IgnoresCase";
    internal const string Unresolved = "Relocation:OnUnresolved";

    internal static KeyPolicy? KeyPolicyOf(IEntityType entity) =>
        Annotation<KeyPolicy>(entity, Keys) ?? entity.ClrType.GetCustomAttribute<KeyPolicyAttribute>()?.Policy;

    internal static CollisionPolicy? CollisionPolicyOf(IEntityType entity) =>
        Annotation<CollisionPolicy>(entity, Collision) ?? entity.ClrType.GetCustomAttribute<OnCollisionAttribute>()?.Policy;

    /// <summary>The policy of an index, or of an alternate key.</summary>
    internal static CollisionPolicy? CollisionPolicyOf(IReadOnlyAnnotatable unique) => Annotation<CollisionPolicy>(unique, Collision);

    internal static string? ChangedFieldOf(IReadOnlyAnnotatable unique) => unique.FindAnnotation(ChangedField)?.Value is string property
        ? EntityFieldReader.SnakeCase(property)
        : null;

    internal static bool IgnoresCase(IReadOnlyAnnotatable unique) => unique.FindAnnotation(Case)?.Value is true;

    /// <summary>Whether the column itself compares without regard to case. Collations are no part of a model at run time.</summary>
    internal static bool IgnoresCase(IReadOnlyProperty property, string storeType) =>
        storeType.Equals("citext", StringComparison.OrdinalIgnoreCase) || IgnoresCase((IReadOnlyAnnotatable)property);

    internal static UnresolvedReferencePolicy? UnresolvedPolicyOf(IForeignKey foreign)
    {
        var members = foreign.Properties.Select(property => (MemberInfo?)property.PropertyInfo ?? property.FieldInfo)
            .Append((MemberInfo?)foreign.DependentToPrincipal?.PropertyInfo ?? foreign.DependentToPrincipal?.FieldInfo);
        return Annotation<UnresolvedReferencePolicy>(foreign, Unresolved)
            ?? members.Select(member => member?.GetCustomAttribute<OnUnresolvedAttribute>()?.Policy).FirstOrDefault(policy => policy is not null);
    }

    /// <summary>Annotations of a compiled model or a snapshot may hold the number of a choice.</summary>
    private static T? Annotation<T>(IReadOnlyAnnotatable owner, string name)
        where T : struct, Enum =>
        owner.FindAnnotation(name)?.Value switch
        {
            T choice => choice,
            int number => (T)Enum.ToObject(typeof(T), number),
            _ => null,
        };
}
