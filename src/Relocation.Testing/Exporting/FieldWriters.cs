using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>The writers of all fields, made once for an export.</summary>
internal sealed class FieldWriters(ImportPlan plan, MomentText moments)
{
    private readonly HashSet<(ModelLabel Model, string Field)> _alternateKeys =
        [.. plan.Model.Entities.SelectMany(entity => entity.AllReferences()).SelectMany(reference => reference.TargetFields.Select(field => (reference.Target, field)))];

    /// <summary>Where many-to-many relations are written.</summary>
    internal JoinTables Joins { get; } = new(plan);

    /// <param name="owner">The model whose records are written.</param>
    /// <param name="rows">The rows that have the field: the model's, those of one of its types, or those of a member.</param>
    /// <param name="field">The field.</param>
    internal FieldWriter Of(RelocationEntity owner, RelocationEntity rows, RelocationField field) => new(
        field,
        rows.PositionInKey(field.Name) >= 0
            || rows.References.Any(reference => reference.Fields.Contains(field.Name))
            || _alternateKeys.Contains((owner.Label, field.Name)),
        moments);
}
