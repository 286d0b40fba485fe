namespace Relocation.Testing.Generating;

/// <summary>Decides for one model which values are references, which must be distinct and which are free.</summary>
internal sealed class SourceChoice(
    ModelGenerator model, Func<ModelLabel, ModelGenerator?> find, SyntheticBackupOptions options, List<string> problems)
{
    private readonly RelocationEntity _entity = model.Entity;
    private readonly HashSet<string> _keyFields = [.. model.Entity.Key.Fields.Select(field => field.Name)];
    private readonly Dictionary<string, ReferenceSource> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReferenceGenerator> _generators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);
    private readonly HashSet<string> _null = new(StringComparer.Ordinal);

    internal static string PathOf(RelocationEntity entity, RelocationField field) => $"{entity.Label}.{field.Name}";

    internal static bool IsNullable(RelocationEntity entity, RelocationReference reference) =>
        reference.Fields.Any(name => FieldOf(entity, name) is { IsNullable: true });

    internal void Choose()
    {
        // Wider references first: a narrower one often repeats a part of them.
        foreach (var reference in _entity.References.OrderByDescending(reference => reference.Fields.Count))
        {
            Take(reference);
        }

        ChooseKey();
        foreach (var unique in _entity.Uniques)
        {
            Keep(unique);
        }

        foreach (var field in _entity.Fields.Where(field => field.IsInBackup))
        {
            model.Fields.Add(field.Name, SourceOf(field));
        }
    }

    private static RelocationField? FieldOf(RelocationEntity entity, string name) =>
        entity.Fields.Concat(entity.Key.Fields).FirstOrDefault(field => field.Name == name);

    private void Take(RelocationReference reference)
    {
        var open = reference.Fields.Where(name => !_references.ContainsKey(name) && !IsGiven(name)).ToList();
        if (open.Count < reference.Fields.Count)
        {
            SettleRest(reference, open);
            return;
        }

        var target = find(reference.Target);
        var generator = new ReferenceGenerator(
            reference, model, target, IsNullable(_entity, reference), options.NullShare, SeedOf($"{reference.Name} ->"));
        model.References.Add(generator);
        for (var part = 0; part < reference.Fields.Count; part++)
        {
            _references[reference.Fields[part]] = new ReferenceSource(generator, part);
            _generators[reference.Fields[part]] = generator;
        }

        if (!generator.IsNullable && target != model)
        {
            model.Limit(() => target is { Count: > 0 } ? long.MaxValue : 0);
        }
    }

    /// <summary>A reference that shares fields with another is null, when its other fields allow it.</summary>
    private void SettleRest(RelocationReference reference, List<string> open)
    {
        if (open.Count == 0)
        {
            return;
        }

        if (open.Find(name => FieldOf(_entity, name) is { IsNullable: true }) is { } name)
        {
            _null.Add(name);
        }
        else
        {
            problems.Add(Errors.EntangledReference(_entity, reference));
        }
    }

    private void ChooseKey()
    {
        var inKey = model.References
            .Where(reference => reference.Target is not null && reference.Reference.Fields.All(_keyFields.Contains))
            .ToList();
        var free = _entity.Key.Fields.Where(field => !_references.ContainsKey(field.Name)).ToList();
        Digits? digits = null;
        if (inKey.Count > 0)
        {
            digits = new Digits(SeedOf("the key")) { IsShared = free.Count > 0 };
            inKey.ForEach(reference => reference.MakeDistinct(digits));
            if (free.Count == 0)
            {
                model.Limit(() => digits.Capacity);
            }
            else
            {
                model.SharedKey = digits;
            }
        }

        foreach (var field in free)
        {
            var capacity = DistinctSource.Capacity(field);
            model.Limit(() => capacity);
        }

        model.Key = [.. _entity.Key.Fields.Select(KeySourceOf)];

        KeySource KeySourceOf(RelocationField field) => _references.TryGetValue(field.Name, out var reference)
            ? reference
            : new DistinctSource(field, SeedOf(field.Name), digits is null ? options.FirstKey : 1, digits);
    }

    private void Keep(UniqueSet unique)
    {
        var isKept = _keyFields.IsSubsetOf(unique.Fields)
            || (model.SharedKey is null && unique.Fields.Any(name => _keyFields.Contains(name) && !_references.ContainsKey(name)))
            || unique.Fields.Any(name => _distinct.Contains(name) || IsGiven(name))
            || unique.Fields.Any(name => _generators.TryGetValue(name, out var reference) && reference.IsDistinctAlone);
        if (isKept)
        {
            return;
        }

        var carrier = unique.Fields.Select(name => FieldOf(_entity, name)).OfType<RelocationField>()
            .Where(field => CanCarry(field))
            .OrderByDescending(field => field.Type is FieldType.Text)
            .FirstOrDefault();
        if (carrier is not null)
        {
            _distinct.Add(carrier.Name);
            var capacity = IsReadable(carrier) ? long.MaxValue : DistinctSource.Capacity(carrier);
            model.Limit(() => capacity);
        }
        else if (!KeepByReferences(unique))
        {
            problems.Add(Errors.UniqueSetCannotBeKept(_entity, unique));
        }
    }

    private bool KeepByReferences(UniqueSet unique)
    {
        var references = model.References
            .Where(reference => reference.Target is not null && reference.Reference.Fields.All(unique.Fields.Contains))
            .ToList();
        if (references.Count == 0 || references.Exists(reference => reference.IsDistinct))
        {
            // Targets outside the model are always null, and nulls are distinct.
            return unique.Fields.Any(name => _null.Contains(name) || _generators.GetValueOrDefault(name) is { Target: null });
        }

        var digits = new Digits(SeedOf(string.Join(',', unique.Fields)));
        references.ForEach(reference => reference.MakeDistinct(digits));
        if (!references.Exists(reference => reference.IsNullable))
        {
            model.Limit(() => digits.Capacity);
        }

        return true;
    }

    private bool CanCarry(RelocationField field) =>
        field is { IsInBackup: true, Convert: null, Encoding: FieldEncoding.Native or FieldEncoding.DecimalText }
        && !_keyFields.Contains(field.Name) && !_references.ContainsKey(field.Name) && !_null.Contains(field.Name)
        && DistinctSource.Capacity(field) > 0;

    private ValueSource SourceOf(RelocationField field)
    {
        var seed = SeedOf(field.Name);
        if (options.Values.TryGetValue(PathOf(_entity, field), out var make))
        {
            return new GivenSource(PathOf(_entity, field), make, seed);
        }

        if (_references.TryGetValue(field.Name, out var reference))
        {
            return reference;
        }

        if (_null.Contains(field.Name))
        {
            return new InventedSource(isNullable: true, static (writer, _, _) => writer.WriteNullValue(), seed, nullShare: 1);
        }

        if (_distinct.Contains(field.Name))
        {
            return IsReadable(field)
                ? new DistinctTextSource(field, TextByName.For(_entity, field), seed, options.FirstKey, options.NullShare)
                : new DistinctSource(field, seed, options.FirstKey);
        }

        var value = new TypedValues(options.ReferenceDate).For(_entity, field);
        return new InventedSource(field.IsNullable, value, seed, options.NullShare);
    }

    private bool IsReadable(RelocationField field) =>
        field.Type == FieldType.Text && field.Encoding == FieldEncoding.Native
        && UniqueText.HasRoom(field.MaxLength, options.FirstKey + model.Wanted);

    private bool IsGiven(string name) =>
        FieldOf(_entity, name) is { } field && options.Values.ContainsKey(PathOf(_entity, field));

    private ulong SeedOf(string name) => StableHash.Of(model.Seed, name);
}
