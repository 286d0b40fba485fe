using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Reads how a property is sanitised; its annotation goes before its attribute.</summary>
internal static class SanitizingRules
{
    internal const string Annotation = "Relocation:Sanitizing";

    internal static SanitizeKind? Of(IReadOnlyProperty property) => property.FindAnnotation(Annotation)?.Value switch
    {
        SanitizeKind kind => kind,

        // Compiled models and snapshots may hold the number of a choice.
        int number => (SanitizeKind)number,
        _ => ((MemberInfo?)property.PropertyInfo ?? property.FieldInfo)?.GetCustomAttribute<SanitizedAttribute>()?.Kind,
    };
}
