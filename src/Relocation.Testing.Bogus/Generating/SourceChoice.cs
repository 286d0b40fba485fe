using Relocation.Testing.Conditions;
using Relocation.Testing.Requests;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Decides for one model which values are references, which must be distinct and which are free.</summary>
internal sealed class SourceChoice
{
    private readonly ModelGenerator _model;
    private readonly Func<ModelLabel, ModelGenerator?> _find;
    private readonly SyntheticBackupOptions _options;
    private readonly List<string> _problems;
    private readonly GivenValues _given;
    private readonly CheckPlan _checks;
    private readonly FieldSources _sources;
    private readonly RelocationEntity _entity;
    private readonly HashSet<string> _keyFields;
    private readonly HashSet<string> _provided;
    private readonly Dictionary<string, ReferenceSource> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReferenceGenerator> _generators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);
    private readonly HashSet<string> _null = new(StringComparer.Ordinal);
    private readonly List<HashSet<string>> _kept = [];

    internal SourceChoice(
        ModelGenerator model, Func<ModelLabel, ModelGenerator?> find, SyntheticBackupOptions options, List<string> problems)
    {
        (_model, _find, _options, _problems, _entity) = (model, find, options, problems, model.Entity);
        _keyFields = [.. _entity.Key.Fields.Select(field => field.Name)];
        _provided = model.Child is { } child ? [.. child.OwnerFields, .. child.Number is { } count ? [count] : Array.Empty<string>()] : [];
        if (_entity.TypeField is { } typeField)
        {
            _provided.Add(typeField);
        }

        _given = new GivenValues(model, options, problems);
        _checks = new CheckPlan(_entity, _given.Has, options.ReferenceDate, problems);
        _sources = new FieldSources(model, options, _checks, problems);
    }

    internal static bool IsNullable(RelocationEntity entity, RelocationReference reference) =>
        reference.Fields.Any(name => entity.FieldNamed(name) is { IsNullable: true } && !entity.IsInKey(name));

    internal void Choose()
    {
        var before = _problems.Count;

        // Wider references first: a narrower one often repeats a part of them.
        foreach (var reference in _entity.References.OrderByDescending(reference => reference.Fields.Count))
        {
            Take(reference);
        }

        ChooseKey();
        // Smaller sets first: a larger one often holds because a smaller one does.
        foreach (var unique in _entity.Uniques.OrderBy(unique => unique.Fields.Count))
        {
            Keep(unique);
        }

        GroupChecks();
        AddFields();
        MakeObjectsOptional();
        AddMembers();
        if (_problems.Count == before)
        {
            ConnectChecks();
        }
    }

    private void AddFields()
    {
        if (_model.Type is not null)
        {
            var type = new TypeSource(_model);
            _model.AddSource(_entity.TypeField!, type);
            _model.Fields.Add(_entity.TypeField!, type);
        }

        for (var part = 0; part < _entity.Key.Fields.Count; part++)
        {
            var field = _entity.Key.Fields[part];
            _model.AddSource(field.Name, _model.Key[part]);
            if (_model.Child is not null && !_provided.Contains(field.Name))
            {
                _model.Fields.Add(field.Name, _model.Key[part]);
            }
        }

        foreach (var field in _entity.Fields.Where(field => field.IsInBackup && !_provided.Contains(field.Name)))
        {
            var source = SourceOf(field);
            _model.AddSource(field.Name, source);
            _model.Fields.Add(field.Name, source);
        }
    }

    private void MakeObjectsOptional()
    {
        foreach (var name in _entity.Fields.Where(field => field.IsInBackup).Select(field => field.Object).OfType<string>().Distinct())
        {
            // What checks demand and callers make of a field is not taken back by an object that is missing.
            var isTied = _entity.Fields.Any(field => field.Name.StartsWith($"{name}.", StringComparison.Ordinal)
                && (_given.Has(field.Name) || _checks.Names(field.Name)));
            if (!isTied)
            {
                var seed = SeedOf($"{name} is null");
                _model.Fields.MakeOptional(name, number => StableHash.Unit(StableHash.At(seed, number)) < _options.NullShare);
            }
        }
    }

    private void AddMembers()
    {
        foreach (var rows in _model.Members)
        {
            _model.Fields.Add(rows.Child!.Name, new MemberSource(rows.Child, rows, _options.NullShare));
        }

        foreach (var member in _entity.Children.Where(member => member.HoldsKeys))
        {
            var reference = member.Rows.References[0];
            if (_find(reference.Target) is { } target)
            {
                var link = new LinkSource(member, _model, new RecordPool(target, reference.TargetTypes), SeedOf(member.Name));
                _model.Links.Add(link);
                _model.Fields.Add(member.Name, link);
            }
        }
    }

    private void Take(RelocationReference reference)
    {
        var open = reference.Fields.Where(name => !_references.ContainsKey(name) && !_given.Has(name)).ToList();
        if (open.Count < reference.Fields.Count)
        {
            SettleRest(reference, open);
            return;
        }

        var target = _find(reference.Target) is { } model ? new RecordPool(model, reference.TargetTypes) : null;
        var generator = new ReferenceGenerator(
            reference, _model, target, IsNullable(_entity, reference), _options.NullShare, SeedOf($"{reference.Name} ->"));
        _model.References.Add(generator);
        for (var part = 0; part < reference.Fields.Count; part++)
        {
            _references[reference.Fields[part]] = new ReferenceSource(generator, part);
            _generators[reference.Fields[part]] = generator;
        }

        if (!generator.IsNullable && (!generator.IsOwn || reference.TargetTypes.Count > 0))
        {
            _model.Limit(() => target is { Count: > 0 } ? long.MaxValue : 0);
        }
    }

    /// <summary>A reference that shares fields with another is null, when its other fields allow it.</summary>
    private void SettleRest(RelocationReference reference, List<string> open)
    {
        if (open.Count == 0)
        {
            return;
        }

        if (open.Find(name => _entity.FieldNamed(name) is { IsNullable: true }) is { } name)
        {
            _null.Add(name);
        }
        else
        {
            _problems.Add(Errors.EntangledReference(_entity, reference));
        }
    }

    private void ChooseKey()
    {
        // Where a part of the key occurs once already, as in one-to-one joins, so does the key.
        var isKept = false;
        foreach (var unique in _entity.Uniques.Where(IsPartOfKey).OrderBy(unique => unique.Fields.Count))
        {
            isKept |= KeepByReferences(unique);
        }

        var inKey = isKept ? [] : _model.References
            .Where(reference => reference.Target is not null && reference.Reference.Fields.All(_keyFields.Contains))
            .ToList();
        var free = _entity.Key.Fields.Where(field => IsFreeKey(field.Name)).ToList();
        Digits? digits = null;
        if (inKey.Count > 0)
        {
            digits = new Digits(SeedOf("the key")) { IsShared = free.Count > 0 };
            inKey.ForEach(reference => reference.MakeDistinct(digits));
            if (free.Count == 0)
            {
                _model.Limit(() => digits.Capacity);
            }
            else
            {
                _model.SharedKey = digits;
            }
        }

        _model.Key = [.. _entity.Key.Fields.Select(KeySourceOf)];

        ValueSource KeySourceOf(RelocationField field)
        {
            if (_references.TryGetValue(field.Name, out var reference))
            {
                return reference;
            }

            if (_provided.Contains(field.Name))
            {
                return new NullSource();
            }

            // A key part beside references starts again for each of their combinations.
            var source = _sources.Distinct(field, digits is null ? _options.FirstKey : 1, digits);
            _model.Limit(() => source.Capacity);
            return source;
        }
    }

    private bool IsPartOfKey(UniqueSet unique) => unique.Condition is null && _keyFields.IsProperSupersetOf(unique.Fields)
        && unique.Fields.All(name => _references.ContainsKey(name)) && !_kept.Exists(kept => kept.IsSubsetOf(unique.Fields));

    private void Keep(UniqueSet unique)
    {
        var isKept = _keyFields.IsSubsetOf(unique.Fields)
            || (_model.SharedKey is null && unique.Fields.Any(IsFreeKey))
            || (_model.Child is { } child && (unique.Fields.Any(name => name == child.Number) || (child.IsSingle && child.OwnerFields.All(unique.Fields.Contains))))
            || unique.Fields.Any(name => _distinct.Contains(name) || _given.Has(name) || IsNullByCheck(name))
            || _kept.Exists(kept => kept.IsSubsetOf(unique.Fields));
        if (isKept)
        {
            return;
        }

        var carrier = unique.Fields.Select(_entity.FieldNamed).OfType<RelocationField>()
            .Where(CanCarry)
            .OrderByDescending(field => field.Type is FieldType.Text)
            .FirstOrDefault();
        if (carrier is not null)
        {
            _distinct.Add(carrier.Name);
            if (!_sources.IsReadable(carrier))
            {
                var capacity = _sources.Distinct(carrier, _options.FirstKey, digits: null).Capacity;
                _model.Limit(() => capacity);
            }
        }
        else if (!KeepByReferences(unique))
        {
            _problems.Add(Errors.UniqueSetCannotBeKept(_entity, unique));
        }
    }

    private bool KeepByReferences(UniqueSet unique)
    {
        // A reference that is part of another combination is left to that one.
        var references = _model.References
            .Where(reference => reference is { Target: not null, IsDistinct: false } && reference.Reference.Fields.All(unique.Fields.Contains))
            .ToList();
        if (references.Count == 0)
        {
            // Targets outside the model are always null, and nulls are distinct.
            return unique.Fields.Any(name => _null.Contains(name) || _generators.GetValueOrDefault(name) is { Target: null });
        }

        var fields = references.SelectMany(reference => reference.Reference.Fields).ToHashSet(StringComparer.Ordinal);
        var digits = new Digits(SeedOf(string.Join(',', unique.Fields)));
        references.ForEach(reference => reference.MakeDistinct(digits));
        if (IsPartial(unique, fields, digits))
        {
            // Only rows of the condition need be distinct; the records beyond the combinations are rows of no such kind.
            references.ForEach(reference => reference.MakeDistinctFirst());
            return true;
        }

        _kept.Add(fields);
        // Best is one that no check demands: the others may lead where checks want them to.
        var open = references.Where(reference => reference.IsNullable).OrderBy(reference => reference.Reference.Fields.Any(_checks.Names)).FirstOrDefault();
        if (open is null)
        {
            _model.Limit(() => digits.Capacity);
        }

        open?.BeNullBeyond();

        return true;
    }

    /// <summary>Whether a set is limited to rows of a condition that records can be kept from.</summary>
    private bool IsPartial(UniqueSet unique, HashSet<string> fields, Digits digits) =>
        unique.Condition is { } condition && !_entity.Uniques.Any(other => other != unique && fields.Overlaps(other.Fields))
        && _checks.DemandNot(
            unique.Name ?? string.Join(',', unique.Fields), condition, () => digits.Capacity, name => _given.Has(name) || _distinct.Contains(name));

    /// <summary>Whether a check wants a field to be null in every record; nulls are distinct.</summary>
    private bool IsNullByCheck(string name) =>
        !_references.ContainsKey(name) && _entity.FieldNamed(name) is { IsNullable: true } field && _sources.IsNull(field);

    private bool CanCarry(RelocationField field) =>
        field is { IsInBackup: true, Encoding: FieldEncoding.Native or FieldEncoding.DecimalText }
        && !_keyFields.Contains(field.Name) && !_provided.Contains(field.Name) && !_references.ContainsKey(field.Name) && !_null.Contains(field.Name)
        && _sources.CanBeDistinct(field);

    private void GroupChecks()
    {
        _checks.Group(IsMet, name => _generators.TryGetValue(name, out var reference) ? reference.Reference.Fields[0] : name, SeedOf("the checks"));
        foreach (var (name, reference) in _generators)
        {
            if (_checks.GroupOf(name) is { } group)
            {
                reference.Obey(group);
            }
        }

        // What provides these fields keeps no checks, and which values they get is not known here.
        bool IsMet(CheckPart part) => part.Fields.All(_provided.Contains)
            || (part.Fields is [var name] && !_references.ContainsKey(name) && !_provided.Contains(name) && _entity.FieldNamed(name) is { } field
                && _sources.Meets(field, part, _distinct.Contains(name) || IsFreeKey(name)));
    }

    private void ConnectChecks()
    {
        _sources.Connect();
        foreach (var group in _checks.Connect(_model.SourceOf, new Bogus.Faker(_options.Locale), _problems))
        {
            _model.Limit(() => group.Capacity(_model.Count));
        }
    }

    private bool IsFreeKey(string name) => _keyFields.Contains(name) && !_references.ContainsKey(name) && !_provided.Contains(name);

    private ValueSource SourceOf(RelocationField field)
    {
        if (_given.SourceOf(field) is { } given)
        {
            return given;
        }

        if (_references.TryGetValue(field.Name, out var reference))
        {
            return reference;
        }

        return _null.Contains(field.Name) ? new NullSource()
            : _distinct.Contains(field.Name) ? _sources.DistinctOf(field)
            : _sources.FreeOf(field);
    }

    private ulong SeedOf(string name) => StableHash.Of(_model.Seed, name);
}
