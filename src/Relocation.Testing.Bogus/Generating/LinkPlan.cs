using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Shares out the pairs of many-to-many relations, which must occur once: to records of the join table and to lists of keys.</summary>
internal static class LinkPlan
{
    internal static void Connect(IReadOnlyCollection<ModelGenerator> models, ulong seed)
    {
        var links = models.SelectMany(model => model.All()).SelectMany(model => model.Links);
        foreach (var table in links.GroupBy(link => (link.Member.Rows.Schema, link.Member.Rows.Table)))
        {
            var join = models.FirstOrDefault(model => (model.Entity.Schema, model.Entity.Table) == table.Key);

            // The types of a hierarchy each have a member of the same name.
            var sides = table.GroupBy(link => (link.Owner, link.Member.Name)).Select(side => side.ToList()).ToList();
            Connect(sides, join, StableHash.Of(seed, $"{table.Key.Schema}.{table.Key.Table}"));
        }
    }

    private static void Connect(List<List<LinkSource>> sides, ModelGenerator? join, ulong seed)
    {
        var first = sides[0][0];
        var columns = new[] { first.Member.OwnerFields, first.Reference.Fields };
        var digits = join is null ? PairsOf(first, seed) : PairsOf(join, columns);
        if (digits is null || sides.Exists(side => !side.TrueForAll(link => link.IsComplete)))
        {
            return;
        }

        for (var index = 0; index < sides.Count; index++)
        {
            foreach (var link in sides[index])
            {
                var place = join is null
                    ? Array.FindIndex(columns, column => column.SequenceEqual(link.Member.OwnerFields))
                    : ReferenceTo(join, link.Member.OwnerFields)!.Place;
                link.Connect(digits, place, () => join?.Count ?? 0, (index, sides.Count));
            }
        }
    }

    private static Digits PairsOf(LinkSource link, ulong seed)
    {
        var digits = new Digits(seed);
        digits.Add(new RecordPool(link.Owner, []));
        digits.Add(link.Target);
        return digits;
    }

    /// <summary>The pairs that the records of a join table are, or null when they are distinct in another way.</summary>
    private static Digits? PairsOf(ModelGenerator join, IReadOnlyList<string>[] columns)
    {
        var digits = columns.Select(column => ReferenceTo(join, column)?.Pairs).Distinct().ToList();
        return digits is [{ Places: 2 } only] ? only : null;
    }

    private static ReferenceGenerator? ReferenceTo(ModelGenerator join, IReadOnlyList<string> columns) =>
        join.References.Find(reference => reference.Reference.Fields.SequenceEqual(columns));
}
