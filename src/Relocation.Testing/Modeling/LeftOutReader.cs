using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Decides which entities and properties of a context backups do not hold, and keeps the list.</summary>
internal sealed class LeftOutReader(Func<IEntityType, ModelLabel> labelOf, IReadOnlyList<string> declared)
{
    private readonly HashSet<IReadOnlyEntityType> _entities = [];
    private readonly Dictionary<IReadOnlyProperty, bool> _properties = [];
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly List<LeftOutPart> _parts = [];
    private readonly List<string> _keys = [];

    /// <summary>What is left out, each once.</summary>
    internal IReadOnlyList<LeftOutPart> Parts => [.. _parts.DistinctBy(part => part.Name).OrderBy(part => part.Name, StringComparer.Ordinal)];

    /// <summary>The labels of models that somebody has asked to leave out: their records are left out too.</summary>
    internal IEnumerable<ModelLabel> DeclaredLabels => _parts.Where(part => part is { IsModel: true, IsDeclared: true }).Select(part => part.Label);

    /// <summary>Declarations that nothing of the context answers to, or that cannot be followed.</summary>
    internal IEnumerable<string> Unmet => declared.Where(name => !_met.Contains(name)).Select(
        name => $"RelocationModelOptions.LeaveOut (--leave-out) names '{name}', which the model does not have, or has as its key. Write APP.MODEL or APP.MODEL.FIELD.")
        .Concat(_keys.Select(name => $"'{name}' is to be left out of backups, and is a part of a key. Leave out its model, or keep the field."));

    /// <summary>Decides about a root entity.</summary>
    internal bool Leaves(IEntityType root)
    {
        var label = labelOf(root);
        var isDeclared = root.GetDerivedTypesInclusive().Any(type => IsDeclared(labelOf(type).Value)) || AnnotatedFacts.IsLeftOut(root);
        if ((isDeclared ? "is left out, as declared" : WhyNot(root)) is not { } reason)
        {
            _keys.AddRange(root.GetKeys().SelectMany(key => key.Properties).Where(AnnotatedFacts.IsLeftOut).Distinct()
                .Select(property => $"{label} {property.Name}"));
            return false;
        }

        _entities.UnionWith(root.GetDerivedTypesInclusive());
        var table = root.GetTableMappings().FirstOrDefault()?.Table;
        _parts.Add(new LeftOutPart(label.Value, reason) { Label = label, IsDeclared = isDeclared, Table = table?.Name, Schema = table?.Schema });
        return true;
    }

    /// <summary>Whether an entity, or the one whose row it shares, is left out.</summary>
    internal bool Holds(IEntityType entity) => _entities.Contains((TableSharing.PrincipalOf(entity) ?? entity).GetRootType());

    /// <summary>Whether a property is left out.</summary>
    internal bool Holds(IReadOnlyProperty property) => _properties.ContainsKey(property);

    /// <summary>Whether a property is left out since somebody has asked for it.</summary>
    internal bool IsDeclared(IReadOnlyProperty property) => _properties.GetValueOrDefault(property);

    /// <summary>Decides about a property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="label">The label of its records.</param>
    /// <param name="field">Its field.</param>
    internal bool Leaves(IProperty property, ModelLabel label, string field)
    {
        var isDeclared = IsDeclared(label, field) || AnnotatedFacts.IsLeftOut(property)
            || (property.DeclaringType is IEntityType { } type && !type.IsOwned() && IsDeclared(labelOf(type.GetRootType()), field));
        var (reason, isHarmless) = isDeclared ? ("is left out, as declared", true) : WhyNot(property);
        if (reason is null)
        {
            return false;
        }

        if (property.IsKey())
        {
            if (isDeclared)
            {
                _keys.Add($"{label}.{field}");
            }

            return false;
        }

        _properties[property] = isDeclared;
        var column = property.GetTableColumnMappings().FirstOrDefault();
        _parts.Add(new LeftOutPart($"{label}.{field}", reason)
        {
            Label = label,
            IsDeclared = isDeclared,
            Table = isHarmless ? null : column?.TableMapping.Table.Name,
            Schema = column?.TableMapping.Table.Schema,
            Column = column?.Column.Name,
        });
        return true;
    }

    /// <summary>Decides about an object within a record.</summary>
    internal bool Leaves(ModelLabel label, string path)
    {
        if (IsDeclared(label, path))
        {
            _parts.Add(new LeftOutPart($"{label}.{path}", "is left out, as declared") { Label = label, IsDeclared = true });
            return true;
        }

        return false;
    }

    private static string? WhyNot(IEntityType root)
    {
        if (root.FindPrimaryKey() is null)
        {
            return root.GetTableMappings().Any()
                ? "has no key, so that no record could be told from another"
                : "has no key, and is mapped to a view, a function or a query, which hold no rows of their own";
        }

        var unmapped = root.GetDerivedTypesInclusive().FirstOrDefault(type => !type.IsAbstract() && !type.GetTableMappings().Any());
        return unmapped is null ? null
            : $"is mapped to no table{(unmapped == root ? string.Empty : $" ('{unmapped.DisplayName()}')")}: views, functions and queries hold no rows of their own";
    }

    private static (string? Reason, bool IsHarmless) WhyNot(IProperty property)
    {
        if (property.GetComputedColumnSql() is not null)
        {
            return ("is computed by the database", true);
        }

        if (property.ValueGenerated is ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdate)
        {
            return property.IsConcurrencyToken
                ? ("is a row version, which the database makes", true)
                : ("is made by the database when a row is written", true);
        }

        var hasValue = property.IsNullable || property.ValueGenerated != ValueGenerated.Never
            || property.TryGetDefaultValue(out _) || property.GetDefaultValueSql() is not null;
        return hasValue && EntityFieldReader.TypeOf(property) is null
            ? ($"has the column type '{property.GetColumnType()}', for which backups have no form", false)
            : (null, true);
    }

    private bool IsDeclared(ModelLabel label, string field) => IsDeclared($"{label}.{field}");

    private bool IsDeclared(string name)
    {
        if (!declared.Contains(name))
        {
            return false;
        }

        _met.Add(name);
        return true;
    }
}
