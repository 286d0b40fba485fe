using Relocation.Testing.Planning;

namespace Relocation.Testing.Exporting;

/// <summary>
/// Decides where the rows of many-to-many relations are exported: as records of the join table's own model where there is one, which has
/// all its columns; else as a list of keys on one side.
/// </summary>
internal sealed class JoinTables
{
    private readonly HashSet<(string? Schema, string Table)> _models;
    private readonly Dictionary<(string? Schema, string Table), (ModelLabel Owner, string Member)> _sides = [];

    internal JoinTables(ImportPlan plan)
    {
        _models = [.. plan.Model.Entities.Select(entity => (entity.Schema, entity.Table))];
        foreach (var entity in plan.Models.Select(planned => planned.Entity))
        {
            foreach (var child in entity.Types.SelectMany(type => type.Rows.Children).Concat(entity.Children).Where(child => child.HoldsKeys))
            {
                _sides.TryAdd((child.Rows.Schema, child.Rows.Table), (entity.Label, child.Name));
            }
        }
    }

    /// <summary>Whether a member of the model's records is written.</summary>
    internal bool Exports(RelocationEntity owner, ChildLayout child)
    {
        var table = (child.Child.Rows.Schema, child.Child.Rows.Table);
        return !child.Child.HoldsKeys
            || (!_models.Contains(table) && _sides.GetValueOrDefault(table, (owner.Label, child.Child.Name)) == (owner.Label, child.Child.Name));
    }
}
