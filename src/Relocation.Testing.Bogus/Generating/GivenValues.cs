using System.Reflection;
using Relocation.Testing.Requests;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>The fields of one model whose values the caller makes, by functions or by a faker.</summary>
internal sealed class GivenValues
{
    private readonly Dictionary<string, Func<ValueSource>> _sources = new(StringComparer.Ordinal);

    internal GivenValues(ModelGenerator model, SyntheticBackupOptions options, List<string> problems)
    {
        var entity = model.Entity;
        foreach (var faker in options.Fakers.Where(faker => IsFor(faker, model)).OrderBy(faker => faker.Type == entity.ClrType))
        {
            AddFaker(model, faker, problems);
        }

        foreach (var field in entity.Fields)
        {
            var path = model.Paths.Select(path => $"{path}.{field.Name}").FirstOrDefault(options.Values.ContainsKey);
            if (path is not null)
            {
                var make = options.Values[path];
                _sources[field.Name] = () => new GivenSource(path, field, make, StableHash.Of(model.Seed, field.Name));
            }
        }
    }

    /// <summary>Whether a faker is for the records; one of a base type is for all types of the hierarchy.</summary>
    internal static bool IsFor(EntityFaker faker, ModelGenerator model) => model.Parts.Count == 0 && (faker.Label is { } label
        ? model.Entity.Label == label || model.Entity.Aliases.Contains(label) || (model.Type is not null && model.Root.Entity.Label == label)
        : model.Entity.ClrType == faker.Type || (model.Type is not null && faker.Type.IsAssignableFrom(model.Entity.ClrType)));

    /// <summary>Whether the caller makes the field's values.</summary>
    internal bool Has(string name) => _sources.ContainsKey(name);

    internal ValueSource? SourceOf(RelocationField field) => _sources.GetValueOrDefault(field.Name)?.Invoke();

    private void AddFaker(ModelGenerator model, EntityFaker faker, List<string> problems)
    {
        var entity = model.Entity;
        var inReferences = entity.References.SelectMany(reference => reference.Fields).ToHashSet(StringComparer.Ordinal);
        var run = new EntityFakerRun(faker.Start(), StableHash.Of(model.Seed, faker.Type.Name));
        var isUsed = false;
        foreach (var field in entity.Fields.Where(field => field.IsInBackup && !inReferences.Contains(field.Name)))
        {
            if (GetterOf(faker, field) is { } get)
            {
                isUsed = true;
                _sources[field.Name] = () => new EntityFakerSource(model.PathOf(field), field, run, get);
            }
        }

        if (!isUsed)
        {
            problems.Add(Errors.FakerFitsNothing(entity, faker));
        }
    }

    /// <summary>Reads a field's value from an object, or null when the faker has no rule that leads to it.</summary>
    private static Func<object, object?>? GetterOf(EntityFaker faker, RelocationField field)
    {
        foreach (var name in field.Aliases.Prepend(field.Name))
        {
            var path = name.Split('.');
            if (faker.Members.FirstOrDefault(member => Matches(member.Name, path[0])) is { } first && Inner(TypeOf(first), path.AsSpan(1)) is { } inner)
            {
                return instance => inner.Aggregate(ValueOf(first, instance), (value, member) => value is null ? null : ValueOf(member, value));
            }
        }

        return null;
    }

    private static List<MemberInfo>? Inner(Type type, ReadOnlySpan<string> path)
    {
        var members = new List<MemberInfo>();
        foreach (var name in path)
        {
            if (type.GetProperties().FirstOrDefault(property => Matches(property.Name, name)) is not { } property)
            {
                return null;
            }

            members.Add(property);
            type = property.PropertyType;
        }

        return members;
    }

    private static bool Matches(string member, string name) =>
        string.Equals(member.Replace("_", string.Empty, StringComparison.Ordinal), name.Replace("_", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static object? ValueOf(MemberInfo member, object instance) =>
        member is PropertyInfo property ? property.GetValue(instance) : ((FieldInfo)member).GetValue(instance);
}
