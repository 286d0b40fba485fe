using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Noting;

/// <summary>Works out which fields have to be noted while the backup is indexed.</summary>
internal static class FactsRequest
{
    internal static Dictionary<ModelLabel, FieldFacts> For(ImportPlan plan, LayoutSet layouts, ImportOptions options)
    {
        var facts = new Dictionary<ModelLabel, FieldFacts>();
        foreach (var entity in plan.Models.Select(planned => planned.Entity))
        {
            var fields = new Dictionary<string, HashSet<RecordKeyKind>>(StringComparer.Ordinal);
            if (NeededReferences.DependOnScopes(entity, options.Scope))
            {
                var followed = entity.References.Where(reference => reference.Name == entity.ScopeRule!.Follow);
                Add(fields, plan.Model, followed);
                foreach (var name in entity.ScopeRule!.WhenAnySet)
                {
                    fields.TryAdd(name, []);
                }
            }

            Add(fields, plan.Model, NeededReferences.OfDrops(entity, options));
            Add(fields, plan.Model, NeededReferences.ToKeptKeys(entity, plan.Model));
            if (ModelPolicies.MayFilter(options))
            {
                Add(fields, plan.Model, NeededReferences.OfFilters(entity));
            }

            AddAlternates(fields, plan, entity);
            List<RelocationReference> ofChildren = entity.Children.Count == 0 && entity.Types.Count == 0
                ? []
                : [.. NeededReferences.ToKeptKeysOfMembers(entity, plan.Model).Distinct()];
            List<(RelocationField Field, RecordKeyKind? Kind)> wanted = fields.Count == 0
                ? []
                : [.. entity.Fields.Where(field => fields.ContainsKey(field.Name)).SelectMany(field => fields[field.Name]
                    .Select(kind => (RecordKeyKind?)kind).DefaultIfEmpty().Select(kind => (field, kind)))];
            if (wanted.Count > 0 || ofChildren.Count > 0 || entity.Types.Count > 0)
            {
                facts.Add(entity.Label, new FieldFacts(wanted)
                {
                    Types = entity.Types.Count > 0 ? new TypeFacts(entity) : null,
                    Children = ofChildren.Count > 0
                        ? new ChildFacts(layouts.Of(entity), ofChildren, (reference, part) => KindOf(plan.Model, reference, part))
                        : null,
                });
            }
        }

        return facts;
    }

    /// <summary>Notes what some references of a model hold.</summary>
    internal static FieldFacts Of(RelocationModel model, RelocationEntity entity, IEnumerable<RelocationReference> references)
    {
        var fields = new Dictionary<string, HashSet<RecordKeyKind>>(StringComparer.Ordinal);
        Add(fields, model, references);
        return new FieldFacts([.. entity.Fields.Where(field => fields.ContainsKey(field.Name)).SelectMany(field => fields[field.Name]
            .Select(kind => (field, (RecordKeyKind?)kind)))]);
    }

    private static void Add(
        Dictionary<string, HashSet<RecordKeyKind>> fields, RelocationModel model, IEnumerable<RelocationReference> references)
    {
        foreach (var reference in references)
        {
            for (var part = 0; part < reference.Fields.Count; part++)
            {
                Add(fields, reference.Fields[part], KindOf(model, reference, part));
            }
        }
    }

    /// <summary>The fields by which other records refer to this one.</summary>
    private static void AddAlternates(Dictionary<string, HashSet<RecordKeyKind>> fields, ImportPlan plan, RelocationEntity target)
    {
        foreach (var reference in plan.AlternateReferences)
        {
            if (plan.Model.Find(reference.Target) == target)
            {
                Add(fields, reference.TargetFields.Select(name => target.FindField(name)).OfType<RelocationField>());
            }
        }
    }

    private static void Add(Dictionary<string, HashSet<RecordKeyKind>> fields, IEnumerable<RelocationField> values)
    {
        foreach (var field in values)
        {
            Add(fields, field.Name, field.KeyKind);
        }
    }

    private static void Add(Dictionary<string, HashSet<RecordKeyKind>> fields, string name, RecordKeyKind kind) =>
        (fields.TryGetValue(name, out var kinds) ? kinds : fields[name] = []).Add(kind);

    /// <summary>What a part of a reference is read as: as the key that it leads to.</summary>
    private static RecordKeyKind KindOf(RelocationModel model, RelocationReference reference, int part)
    {
        var target = model.Find(reference.Target);
        return reference.TargetFields.Count > 0 && target?.FindField(reference.TargetFields[part]) is { } field
            ? field.KeyKind
            : target?.Key.PartKind(part) ?? RecordKeyKind.Integer;
    }
}
