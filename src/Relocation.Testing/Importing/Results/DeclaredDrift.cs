namespace Relocation.Testing;

/// <summary>A difference between a backup and the model that a rule declares, with how often it was met.</summary>
/// <param name="Kind">What the rule declares.</param>
/// <param name="Model">The model's label; for a model that is no more, the label in the backup.</param>
/// <param name="Field">The field's name, when the rule is about one.</param>
/// <param name="Former">The label or name in the backup, when the rule is about a renaming.</param>
/// <param name="Records">How many records are concerned.</param>
/// <param name="First">Where the first of them stands.</param>
public sealed record DeclaredDrift(
    BackupRuleKind Kind, ModelLabel Model, string? Field, string? Former, long Records, RecordPlace First)
{
    /// <summary>The difference in words, without its count and place.</summary>
    public override string ToString() => Kind switch
    {
        BackupRuleKind.ModelRenamed => $"{Model}, renamed from {Former}",
        BackupRuleKind.ModelDropped => $"{Model}, dropped",
        BackupRuleKind.FieldRenamed => $"{Model}.{Field}, renamed from {Former}",
        BackupRuleKind.FieldAdded => $"{Model}.{Field}, defaulted",
        _ => $"{Model}.{Field}, dropped",
    };
}
