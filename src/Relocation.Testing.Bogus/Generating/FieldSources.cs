using System.Text.Json;
using Relocation.Testing.Conditions;
using Relocation.Testing.Requests;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Makes the sources of one model's fields that are no references.</summary>
internal sealed class FieldSources(ModelGenerator model, SyntheticBackupOptions options, CheckPlan checks, List<string> problems)
{
    private readonly Dictionary<string, FieldDomain> _tied = new(StringComparer.Ordinal);

    /// <summary>What a field may be by its own types, apart from checks.</summary>
    internal FieldDomain DomainOf(RelocationField field)
    {
        var choices = ChoicesOf(field);
        var line = NumberLine.Of(field, options.ReferenceDate);
        var isText = line is null && field is { Type: FieldType.Text, Encoding: FieldEncoding.Native };
        return new FieldDomain(
            line,
            isText,
            isText ? TextLimit.Of(field) : null,
            line is not null ? Choices.Numbers(choices)?.Cast<object>().ToList() : isText ? choices?.Where(choice => choice is string).ToList() : null);
    }

    /// <summary>A source of values that no other record has.</summary>
    internal DistinctSource Distinct(RelocationField field, long first, Digits? digits)
    {
        return new DistinctSource(field, Narrowed(field), SeedOf(field), first, digits);
    }

    /// <summary>Whether checks leave nothing but null.</summary>
    internal bool IsNull(RelocationField field) => Narrowed(field).IsNull == true;

    /// <summary>Whether distinct values can be made of the field.</summary>
    internal bool CanBeDistinct(RelocationField field)
    {
        var domain = DomainOf(field);
        if (field.IsServerText || ChoicesOf(field) is not null || !checks.Narrow(field.Name, domain) || domain.IsNull == true || domain.IsImpossible || domain.IsList
            || (field.Type is not (FieldType.Text or FieldType.Integer) && checks.ChecksOn(field.Name).Count > 0))
        {
            return false;
        }

        var source = Distinct(field, options.FirstKey, digits: null);
        return source.Capacity > 0 && (IsReadable(field) || !domain.IsText || domain.TakesLetters)
            && (ConverterProbe.Of(field) is not { } probe || AcceptsDistinct(field, probe, source));
    }

    /// <summary>Whether a condition on the field alone holds because its values are made so.</summary>
    internal bool Meets(RelocationField field, CheckPart part, bool isDistinct)
    {
        var domain = DomainOf(field);
        return domain.Narrow(part) && (!isDistinct || (field.Type is FieldType.Text or FieldType.Integer && !domain.IsList));
    }

    /// <summary>Whether there is room for a readable text besides the number that makes it distinct.</summary>
    internal bool IsReadable(RelocationField field) =>
        field is { Type: FieldType.Text, Encoding: FieldEncoding.Native } && !checks.IsTied(field.Name)
        && UniqueText.HasRoom(Narrowed(field).Longest, options.FirstKey + model.Wanted);

    internal ValueSource DistinctOf(RelocationField field)
    {
        if (!IsReadable(field))
        {
            var number = Narrowed(field);
            return new DistinctSource(field, number, SeedOf(field), options.FirstKey, digits: null, NullsOf(field, number));
        }

        var text = TextByName.For(model.Entity, field);
        var isAddress = field.StoreType.Trim().Equals("inet", StringComparison.OrdinalIgnoreCase) || FieldWords.Of(field).IsAddress;
        var domain = Narrowed(field);
        return new DistinctTextSource(text, domain, isAddress, SeedOf(field), options.FirstKey, NullsOf(field, domain));
    }

    /// <summary>A source of values that need not differ.</summary>
    internal ValueSource FreeOf(RelocationField field)
    {
        var domain = Narrowed(field);
        if (!domain.Settle(field.IsNullable && !model.Entity.IsInKey(field.Name)))
        {
            problems.Add(Errors.ChecksContradict(model.Entity, checks.ChecksOn(field.Name)));
            return new NullSource();
        }

        if (checks.GroupOf(field.Name) is { } group)
        {
            domain.Hint(group.Values);
            _tied[field.Name] = domain;
        }

        var (seed, nulls) = (SeedOf(field), NullsOf(field, domain));
        if (field.IsServerText)
        {
            if (ServerText.For(field) is { } make)
            {
                return new ServerTextSource(make, seed, nulls);
            }

            if (!field.IsNullable)
            {
                problems.Add(Errors.TypeNotInvented(model.PathOf(field), field.StoreType));
            }

            return new NullSource();
        }

        if (!ApplicationValue.IsJson(field) && domain.Line is { } line)
        {
            var probe = Probe(field, hash => domain.Choose(hash, draw: 0), units => line.Stored((long)units));
            return new LineSource(domain, seed, nulls, probe);
        }

        if (!ApplicationValue.IsJson(field) && domain.IsText)
        {
            var invent = TextByName.For(model.Entity, field);
            var faker = new Bogus.Faker(options.Locale);
            var probe = Probe(field, hash => Invent(hash), static text => text);
            return new TextSource(invent, domain, seed, nulls, probe);

            string Invent(ulong hash)
            {
                faker.Random = new Bogus.Randomizer((int)hash);
                return domain.Fit(invent(faker), hash, draw: 0);
            }
        }

        return new InventedSource(new TypedValues(options.ReferenceDate).For(model.Entity, field), seed, nulls);
    }

    /// <summary>Hints fields at the bounds of those with which checks may compare them, now that all are known.</summary>
    internal void Connect()
    {
        foreach (var (name, domain) in _tied)
        {
            foreach (var other in checks.GroupOf(name)!.Fields.Where(other => other != name && _tied.ContainsKey(other)))
            {
                domain.Hint(_tied[other]);
            }
        }
    }

    /// <summary>What a field can only be; that which names the type is known.</summary>
    private IReadOnlyList<object>? ChoicesOf(RelocationField field) =>
        model.Type is { } type && field.Name == model.Entity.TypeField ? [NamedBy(type.Discriminator)] : Choices.Of(field);

    private static object NamedBy(string discriminator)
    {
        var value = JsonElement.Parse(discriminator);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetInt64(),
            _ => value.GetBoolean(),
        };
    }

    private FieldDomain Narrowed(RelocationField field)
    {
        var domain = DomainOf(field);
        _ = checks.Narrow(field.Name, domain);
        return domain;
    }

    private static bool AcceptsDistinct(RelocationField field, ConverterProbe probe, DistinctSource source) =>
        probe.AcceptsAll(
            hash => source.At((long)(hash >> 40)) is var value ? value.Text ?? (object)value.Integer : string.Empty,
            static value => value)
        || field.Type == FieldType.Integer;

    private ConverterProbe? Probe(RelocationField field, Func<ulong, object> make, Func<object, object> toStored)
    {
        var probe = ConverterProbe.Of(field);
        if (probe?.Prepare(make, toStored) == false)
        {
            problems.Add(Errors.ConverterTakesNothing(model.PathOf(field), field.Converter!.ModelClrType));
        }

        return probe;
    }

    private NullRule NullsOf(RelocationField field, FieldDomain domain) =>
        new(field, options.NullShare, domain.IsNull, checks.GroupOf(field.Name));

    private ulong SeedOf(RelocationField field) => StableHash.Of(model.Seed, field.Name);
}
