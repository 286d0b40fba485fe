namespace Relocation.Testing.Modeling;

/// <summary>
/// The names of the annotations that the fluent extensions leave in an EF Core model. Values are strings and arrays of strings,
/// which compiled models and migration snapshots can write down.
/// </summary>
internal static class BackupAnnotations
{
    /// <summary>An entity's label: a string.</summary>
    internal const string Label = Prefix + "Label";

    /// <summary>An entity's other labels in older backups: an array of strings.</summary>
    internal const string FormerLabels = Prefix + "FormerLabels";

    /// <summary>The fields of older backups that an entity has no more: an array of strings.</summary>
    internal const string DroppedFields = Prefix + "DroppedFields";

    /// <summary>The labels of older backups that a model has no more: an array of strings.</summary>
    internal const string DroppedLabels = Prefix + "DroppedLabels";

    /// <summary>A property's field: a string.</summary>
    internal const string FieldName = Prefix + "FieldName";

    /// <summary>A property's other fields in older backups: an array of strings.</summary>
    internal const string FormerNames = Prefix + "FormerNames";

    /// <summary>What a property takes in backups that are older than it: the text of a <see cref="FieldDefault"/>.</summary>
    internal const string Default = Prefix + "Default";

    /// <summary>Whether an entity or a property is no part of backups: true.</summary>
    internal const string LeaveOut = Prefix + "LeaveOut";

    private const string Prefix = "Relocation:";
}
