using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>What annotations and attributes of an EF Core model say about backups. An annotation goes before an attribute.</summary>
internal static class AnnotatedFacts
{
    /// <summary>Adds texts to those that an annotation has already.</summary>
    internal static void AddTexts(this IMutableAnnotatable annotated, string annotation, IEnumerable<string> texts)
    {
        string[] all = [.. TextsOf(annotated, annotation).Concat(texts).Distinct()];
        if (Array.Exists(all, string.IsNullOrWhiteSpace))
        {
            throw ModelErrors.EmptyBackupName();
        }

        annotated.SetAnnotation(annotation, all);
    }

    internal static ModelLabel? LabelOf(IReadOnlyEntityType entity) => Label(
        TextOf(entity, BackupAnnotations.Label)
        ?? (entity.HasSharedClrType ? null : entity.ClrType.GetCustomAttribute<BackupLabelAttribute>(inherit: false)?.Label));

    internal static IReadOnlyList<ModelLabel> FormerLabelsOf(IReadOnlyEntityType entity) =>
        [.. TextsOf(entity, BackupAnnotations.FormerLabels)
            .Concat(entity.HasSharedClrType
                ? []
                : entity.ClrType.GetCustomAttributes<FormerBackupLabelAttribute>(inherit: false).Select(attribute => attribute.Label))
            .Distinct().Select(ModelLabel.Parse)];

    internal static IReadOnlyList<string> DroppedFieldsOf(IReadOnlyEntityType entity) =>
        [.. TextsOf(entity, BackupAnnotations.DroppedFields)
            .Concat(entity.ClrType.GetCustomAttributes<IgnoresBackupFieldAttribute>().Select(attribute => attribute.Field)).Distinct()];

    internal static IReadOnlyList<ModelLabel> DroppedLabelsOf(IReadOnlyModel model) =>
        [.. TextsOf(model, BackupAnnotations.DroppedLabels).Select(ModelLabel.Parse)];

    internal static string? FieldNameOf(IReadOnlyProperty property) =>
        TextOf(property, BackupAnnotations.FieldName) ?? MemberOf(property)?.GetCustomAttribute<BackupNameAttribute>()?.Name;

    internal static IReadOnlyList<string> FormerNamesOf(IReadOnlyProperty property) =>
        [.. TextsOf(property, BackupAnnotations.FormerNames)
            .Concat(MemberOf(property)?.GetCustomAttributes<FormerBackupNameAttribute>().Select(attribute => attribute.Name) ?? []).Distinct()];

    internal static FieldDefault? DefaultOf(IReadOnlyProperty property) =>
        TextOf(property, BackupAnnotations.Default) is { } text
            ? FieldDefault.FromText(text)
            : MemberOf(property)?.GetCustomAttribute<BackupDefaultAttribute>() is { } attribute ? FieldDefault.DeclaredBy(attribute) : null;

    internal static bool IsLeftOut(IReadOnlyEntityType entity) => entity.FindAnnotation(BackupAnnotations.LeaveOut)?.Value is true
        || (!entity.HasSharedClrType && entity.ClrType.IsDefined(typeof(LeaveOutOfBackupAttribute), inherit: true));

    internal static bool IsLeftOut(IReadOnlyProperty property) => property.FindAnnotation(BackupAnnotations.LeaveOut)?.Value is true
        || MemberOf(property)?.IsDefined(typeof(LeaveOutOfBackupAttribute)) == true;

    internal static bool IsVolatile(IReadOnlyProperty property) => MemberOf(property)?.IsDefined(typeof(VolatileAttribute)) == true;

    private static MemberInfo? MemberOf(IReadOnlyProperty property) => (MemberInfo?)property.PropertyInfo ?? property.FieldInfo;

    private static ModelLabel? Label(string? label) => label is null ? null : ModelLabel.Parse(label);

    private static string? TextOf(IReadOnlyAnnotatable annotated, string annotation) => annotated.FindAnnotation(annotation)?.Value as string;

    private static IEnumerable<string> TextsOf(IReadOnlyAnnotatable annotated, string annotation) =>
        annotated.FindAnnotation(annotation)?.Value as IEnumerable<string> ?? [];
}
