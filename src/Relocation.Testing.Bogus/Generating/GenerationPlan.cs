using Relocation.Testing.Requests;

namespace Relocation.Testing.Generating;

/// <summary>
/// Works out how many records each model gets, in which order, and where each value comes from. What cannot be generated is left
/// out and said, with the models that require it, unless the options ask for it by name.
/// </summary>
internal static class GenerationPlan
{
    internal static (IReadOnlyList<ModelGenerator> Models, IReadOnlyList<string> LeftOut) Make(RelocationModel model, SyntheticBackupOptions options)
    {
        var wanted = Wanted(model, options);
        var generators = model.Entities.ToDictionary(
            entity => entity.Label, entity => ModelGenerator.For(entity, options.Seed, wanted[entity.Label]));
        var all = generators.Values.SelectMany(generator => generator.All()).ToList();
        var problems = Problems(model, all, options);
        ThrowAny(model, problems);
        var order = GenerationOrder.Of(model);
        var leftOut = new List<string>();
        foreach (var root in generators.Values)
        {
            var before = leftOut.Count;
            foreach (var generator in root.All().Where(generator => generator.Parts.Count == 0))
            {
                var own = new List<string>();
                new SourceChoice(generator, label => Find(model, generators, label), options, own).Choose();
                LeaveOut(generator, own);
            }

            LeaveOut(root, order.InCircles.Contains(root.Entity.Label) ? [Errors.RequiredInCircle(root.Entity)] : []);
            if (leftOut.Count > before && options.Records.ContainsKey(root.Entity.Label))
            {
                problems.AddRange(leftOut[before..]);
            }
        }

        ThrowAny(model, problems);
        LinkPlan.Connect(generators.Values, (ulong)options.Seed);
        while (all.Aggregate(false, (changed, generator) => generator.Shrink() | changed))
        {
            // A model that has fewer records than asked for may leave others with fewer targets.
        }

        if (leftOut.Count > 0 && generators.Values.All(generator => generator.Count == 0))
        {
            ThrowAny(model, leftOut);
        }

        foreach (var generator in all)
        {
            generator.SharedKey?.Share(generator.Count);
            problems.AddRange(generator.References
                .Where(reference => generator is { Count: 0, Wanted: > 0, Child: null } && options.Records.ContainsKey(generator.Root.Entity.Label)
                    && reference is { IsNullable: false, Target: null or { Count: 0 }, IsOwn: false })
                .Select(reference => Errors.NothingToReferTo(generator.Entity, reference.Reference)));
        }

        ThrowAny(model, problems);
        if (leftOut.Count > 0)
        {
            leftOut.AddRange(all
                .Where(generator => generator is { Count: 0, Wanted: > 0, IsLeftOut: false, Child: null })
                .SelectMany(generator => generator.References
                    .Where(reference => reference is { IsNullable: false, IsOwn: false, Target.Count: 0 } && reference.Target.Model.Wanted > 0)
                    .Select(reference => Errors.RequiresLeftOut(generator.Entity, reference.Reference))));
        }

        return ([.. order.Models.Select(entity => generators[entity.Label])], leftOut);

        void LeaveOut(ModelGenerator generator, List<string> reasons)
        {
            if (reasons.Count > 0 && generator.Wanted > 0)
            {
                leftOut.AddRange(reasons);
                generator.LeaveOut();
            }
        }
    }

    private static ModelGenerator? Find(
        RelocationModel model, Dictionary<ModelLabel, ModelGenerator> generators, ModelLabel label) =>
        model.Find(label) is { } entity ? generators[entity.Label] : null;

    private static List<string> Problems(RelocationModel model, List<ModelGenerator> all, SyntheticBackupOptions options)
    {
        var problems = options.Records.Keys.Concat(options.Weights.Keys).Distinct()
            .Where(label => model.Find(label)?.Label != label)
            .Select(Errors.UnknownLabel)
            .ToList();
        var paths = all
            .SelectMany(generator => generator.Paths.SelectMany(path => generator.Entity.Fields.Select(field => $"{path}.{field.Name}")))
            .ToHashSet(StringComparer.Ordinal);
        problems.AddRange(options.Values.Keys.Where(path => !paths.Contains(path)).Select(Errors.UnknownField));
        problems.AddRange(options.Fakers
            .Where(faker => !all.Exists(generator => GivenValues.IsFor(faker, generator)))
            .Select(faker => faker.Label is { } label ? Errors.UnknownLabel(label) : Errors.UnknownFakerModel(faker)));
        if (!Bogus.Database.LocaleResourceExists(options.Locale))
        {
            problems.Add(Errors.UnknownLocale(options.Locale, Bogus.Database.GetAllLocales().Order(StringComparer.Ordinal)));
        }

        AddWhen(options.RecordsPerModel < 0, nameof(options.RecordsPerModel));
        AddWhen(options.TotalRecords < 0, nameof(options.TotalRecords));
        AddWhen(options.Records.Values.Any(count => count < 0), nameof(options.Records));
        AddWhen(options.Weights.Values.Any(weight => !(weight >= 0)), nameof(options.Weights));
        AddWhen(!(options.NullShare is >= 0 and <= 1), nameof(options.NullShare));
        return problems;

        void AddWhen(bool isWrong, string option)
        {
            if (isWrong)
            {
                problems.Add(Errors.WrongNumber(option));
            }
        }
    }

    private static Dictionary<ModelLabel, long> Wanted(RelocationModel model, SyntheticBackupOptions options)
    {
        var wanted = options.Records.ToDictionary();
        var open = model.Entities.Select(entity => entity.Label).Where(label => !wanted.ContainsKey(label)).ToList();
        if (options.TotalRecords is not { } total)
        {
            open.ForEach(label => wanted[label] = options.RecordsPerModel);
            return wanted;
        }

        var left = Math.Max(0, total - wanted.Values.Sum());
        var weights = open.Sum(label => options.Weights.GetValueOrDefault(label, 1));
        var (before, given) = (0.0, 0L);
        foreach (var label in open)
        {
            // Rounding the running sum instead of each share makes the shares add up.
            before += options.Weights.GetValueOrDefault(label, 1);
            var upTo = weights > 0 ? (long)Math.Round(left * (before / weights)) : 0;
            wanted[label] = upTo - given;
            given = upTo;
        }

        return wanted;
    }

    private static void ThrowAny(RelocationModel model, List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw Errors.CannotGenerate(model, problems);
        }
    }
}
