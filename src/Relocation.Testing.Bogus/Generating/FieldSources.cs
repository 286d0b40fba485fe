using System.Text.Json;
using Relocation.Testing.Conditions;

namespace Relocation.Testing.Generating;

/// <summary>Makes the sources of one model's fields that are no references.</summary>
internal sealed class FieldSources(ModelGenerator model, SyntheticBackupOptions options, CheckPlan checks, List<string> problems)
{
    private readonly Dictionary<string, LineSource> _lines = new(StringComparer.Ordinal);

    /// <summary>What a field may be by its own types, apart from checks.</summary>
    internal FieldDomain DomainOf(RelocationField field)
    {
        var choices = ChoicesOf(field);
        return NumberLine.Of(field, options.ReferenceDate) is { } line
            ? new FieldDomain(new LineDomain(line, Choices.Numbers(choices)), text: null)
            : new FieldDomain(
                line: null,
                field is { Type: FieldType.Text, Encoding: FieldEncoding.Native }
                    ? new TextDomain(TextLimit.Of(field), choices?.OfType<string>().ToList())
                    : null);
    }

    /// <summary>A source of values that no other record has.</summary>
    internal DistinctSource Distinct(RelocationField field, long first, Digits? digits)
    {
        var domain = DomainOf(field);
        _ = checks.Narrow(field.Name, domain);
        return new DistinctSource(field, domain, SeedOf(field), first, digits);
    }

    /// <summary>Whether distinct values can be made of the field.</summary>
    internal bool CanBeDistinct(RelocationField field)
    {
        var domain = DomainOf(field);
        if (ChoicesOf(field) is not null || !checks.Narrow(field.Name, domain) || domain.IsNull is not null
            || domain.Line is { IsList: true } or { HasHoles: true } || domain.Text is { IsList: true })
        {
            return false;
        }

        var source = Distinct(field, options.FirstKey, digits: null);
        return source.Capacity > 0 && (IsReadable(field) || domain.Text is null or { TakesLetters: true })
            && (ConverterProbe.Of(field) is not { } probe || AcceptsDistinct(field, probe, source));
    }

    /// <summary>Whether there is room for a readable text besides the number that makes it distinct.</summary>
    internal bool IsReadable(RelocationField field) =>
        field is { Type: FieldType.Text, Encoding: FieldEncoding.Native } && !checks.IsTied(field.Name)
        && UniqueText.HasRoom(Narrowed(field).Text!.Most, options.FirstKey + model.Wanted);

    internal ValueSource DistinctOf(RelocationField field)
    {
        if (!IsReadable(field))
        {
            return Distinct(field, options.FirstKey, digits: null);
        }

        var text = TextByName.For(model.Entity, field);
        var isAddress = field.StoreType == "inet" || FieldWords.Of(field).IsAddress;
        return new DistinctTextSource(text, Narrowed(field).Text!, isAddress, SeedOf(field), options.FirstKey, NullsOf(field));
    }

    /// <summary>A source of values that need not differ.</summary>
    internal ValueSource FreeOf(RelocationField field)
    {
        var domain = DomainOf(field);
        domain.Settle(isNullable: true);
        var (seed, nulls) = (SeedOf(field), NullsOf(field));
        if (ApplicationValue.IsJson(field))
        {
            return new InventedSource(new TypedValues(options.ReferenceDate).For(model.Entity, field), seed, nulls);
        }

        if (domain.Line is { } numbers)
        {
            var line = NumberLine.Of(field, options.ReferenceDate)!;
            var probe = Probe(field, hash => numbers.Choose(hash, long.MinValue, other: null), units => line.Stored((long)units));
            return _lines[field.Name] = new LineSource(field, line, numbers, seed, nulls, checks.GroupOf(field.Name), probe);
        }

        if (domain.Text is { } texts)
        {
            var invent = TextByName.For(model.Entity, field);
            var faker = new Bogus.Faker(options.Locale);
            var probe = Probe(field, hash => Invent(hash), static text => text);
            return new TextSource(invent, texts, seed, nulls, probe);

            string Invent(ulong hash)
            {
                faker.Random = new Bogus.Randomizer((int)hash);
                return texts.FitFree(invent(faker), hash);
            }
        }

        return new InventedSource(new TypedValues(options.ReferenceDate).For(model.Entity, field), seed, nulls);
    }

    /// <summary>Lets sources see one another, now that all are made.</summary>
    internal void Connect()
    {
        foreach (var line in _lines.Values)
        {
            line.Connect(name => _lines[name]);
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

    private NullRule NullsOf(RelocationField field) => new(field, options.NullShare, checks.GroupOf(field.Name));

    private ulong SeedOf(RelocationField field) => StableHash.Of(model.Seed, field.Name);
}
