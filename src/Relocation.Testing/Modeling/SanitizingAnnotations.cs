using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>Says in <c>OnModelCreating</c> how sanitising replaces values.</summary>
public static class SanitizingAnnotations
{
    /// <summary>Says how sanitising replaces a property's values. Default: what its name and type tell.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">The property.</param>
    /// <param name="kind">How; a slug takes its form from the entity's <c>name</c>.</param>
    public static PropertyBuilder<T> IsSanitized<T>(this PropertyBuilder<T> property, SanitizeKind kind)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.HasAnnotation(SanitizingRules.Annotation, kind);
        return property;
    }

    /// <summary>Says how sanitising replaces the values of a complex type's property. Default: what its name and type tell.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">The property.</param>
    /// <param name="kind">How; a slug takes its form from the entity's <c>name</c>.</param>
    public static ComplexTypePropertyBuilder<T> IsSanitized<T>(this ComplexTypePropertyBuilder<T> property, SanitizeKind kind)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.HasAnnotation(SanitizingRules.Annotation, kind);
        return property;
    }
}
