namespace Relocation.Testing.Importing;

/// <summary>Works out which fields have to be noted while the backup is indexed.</summary>
internal static class FactsRequest
{
    internal static Dictionary<ModelLabel, FieldFacts> For(ImportPlan plan, ImportOptions options)
    {
        var facts = new Dictionary<ModelLabel, FieldFacts>();
        foreach (var entity in plan.Models.Select(planned => planned.Entity))
        {
            var fields = new Dictionary<string, RecordKeyKind?>(StringComparer.Ordinal);
            if (ScopeSettlement.DependsOnRecords(entity, options.Scope))
            {
                var followed = entity.References.Where(reference => reference.Name == entity.ScopeRule!.Follow);
                Add(fields, plan.Model, followed);
                foreach (var name in entity.ScopeRule!.WhenAnySet)
                {
                    fields.TryAdd(name, null);
                }
            }

            Add(fields, plan.Model, DropSettlement.DroppingReferences(entity, options));
            Add(fields, plan.Model, DatabaseKeys.References(entity, plan.Model));
            if (Settlement.MayFilter(options))
            {
                Add(fields, plan.Model, FilterSettlement.RequiredReferences(entity));
            }

            var wanted = entity.Fields.Where(field => fields.ContainsKey(field.Name))
                .Select(field => (field, fields[field.Name])).ToList();
            if (wanted.Count > 0)
            {
                facts.Add(entity.Label, new FieldFacts(wanted));
            }
        }

        return facts;
    }

    private static void Add(
        Dictionary<string, RecordKeyKind?> fields, RelocationModel model, IEnumerable<RelocationReference> references)
    {
        foreach (var reference in references)
        {
            var target = model.Find(reference.Target);
            for (var part = 0; part < reference.Fields.Count; part++)
            {
                fields[reference.Fields[part]] = target?.Key.PartKind(part) ?? RecordKeyKind.Integer;
            }
        }
    }
}
