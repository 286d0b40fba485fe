using Relocation.Testing.Keys;

namespace Relocation.Testing.Importing;

/// <summary>What can be known of one model's rows before the first of its records is read.</summary>
internal sealed class EntityBinding
{
    private readonly RelocationEntity _entity;
    private readonly bool _keepsReferences;

    internal EntityBinding(EntityLayout layout, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
    {
        var entity = layout.Entity;
        _entity = entity;
        _keepsReferences = !layout.IsOfChild;
        Columns = new ColumnBinding[layout.Columns.Length];
        for (var i = 0; i < Columns.Length; i++)
        {
            Columns[i] = new ColumnBinding(layout.Columns[i], i, i < layout.KeyKinds.Length ? i : -1);
        }

        References = [.. entity.References.Select(reference => Bind(reference, context, cuts))];
    }

    /// <summary>The columns of the rows: the key's, then the fields'.</summary>
    internal ColumnBinding[] Columns { get; }

    internal ReferenceBinding[] References { get; }

    /// <summary>The old keys of references, where a snapshot is to show them.</summary>
    internal List<ReferenceKeys> KeptReferences { get; } = [];

    private ReferenceBinding Bind(RelocationReference reference, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
    {
        var target = context.Tables.Find(reference.Target);
        var policy = reference.OnUnresolved ?? context.Options.UnresolvedReferences;
        var binding = new ReferenceBinding(_entity, reference, target, policy);
        if (context.Options.KeepReferences && _keepsReferences)
        {
            binding.Kept = new ReferenceKeys(reference.Name, reference.Target);
            KeptReferences.Add(binding.Kept);
        }

        var columns = reference.Fields.Select(name => Array.Find(Columns, column => column.Field.Name == name)).ToList();
        binding.Columns = [.. columns.OfType<ColumnBinding>()];
        var isShared = _entity.References.Any(other => other != reference && other.Fields.Intersect(reference.Fields).Any());
        if (columns is [{ KeyPart: < 0 } only] && target is { CountsUp: true } && binding.LeadsToAnyKey && !isShared && !cuts.Contains(reference))
        {
            binding.IsPlain = true;
            only.Plain = binding;
            return binding;
        }

        for (var part = 0; part < columns.Count; part++)
        {
            columns[part]?.Parts.Add((binding, part));
        }

        return binding;
    }
}
