using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Reads a <see cref="RelocationModel"/> out of EF Core's metadata.</summary>
internal sealed class EntityModelReader
{
    private readonly IModel _model;
    private readonly string _name;
    private readonly LabelConvention _labels;
    private readonly CheckReader _checks;
    private readonly List<string> _problems = [];

    private EntityModelReader(DbContext context, LabelConvention labels)
    {
        _model = context.Model;
        _checks = new CheckReader(context);
        _labels = labels;
        _name = context.GetType().Name;
    }

    internal static RelocationModel Read(DbContext context, LabelConvention labels)
    {
        var reader = new EntityModelReader(context, labels);
        var entities = reader._model.GetEntityTypes()
            .Where(entity => !entity.IsOwned() && entity.BaseType is null && reader.IsSupported(entity))
            .Where(entity => TableSharing.PrincipalOf(entity) is null)
            .Select(reader.ReadEntity)
            .ToList();
        return reader._problems.Count == 0
            ? RelocationModel.Create(reader._name, entities, AnnotatedFacts.DroppedLabelsOf(reader._model))
            : throw ModelErrors.ModelDoesNotFit(reader._name, reader._problems);
    }

    private static IEnumerable<IEntityType> ConcreteTypes(IEntityType root) =>
        root.GetDerivedTypesInclusive().Where(type => !type.IsAbstract());

    private bool IsSupported(IEntityType root)
    {
        var problem = root switch
        {
            _ when root.FindPrimaryKey() is null =>
                "has no key, so no record could be told from another. Give it a key, or leave it out of the context that imports use.",
            _ when ConcreteTypes(root).FirstOrDefault(type => !type.GetTableMappings().Any()) is { } unmapped =>
                $"is mapped to no table{(unmapped == root ? string.Empty : $" ('{unmapped.DisplayName()}')")}: views, functions and "
                + "queries cannot be written. Leave it out of the context that imports use.",
            _ => null,
        };
        if (problem is not null)
        {
            _problems.Add($"Entity '{root.DisplayName()}' {problem}");
        }

        return problem is null;
    }

    private RelocationEntity ReadEntity(IEntityType root)
    {
        var types = ConcreteTypes(root).ToList();
        if (types is [var only] && only == root)
        {
            return Rows(root).Entity(root.FindPrimaryKey()!, [.. TableSharing.DependentsOf(root).Select(LabelOf)], null);
        }

        return new HierarchyReader(root, LabelOf, Rows).Read(types);
    }

    private EntityRowsReader Rows(
        IEntityType type, Dictionary<(string Name, ModelLabel Target), RelocationReference>? shared = null) =>
        new(type, LabelOf(type), TargetOf, _problems, _checks, shared);

    /// <summary>Whom a foreign key leads to, as backups know it: the root of a hierarchy, and which of its types may be meant.</summary>
    private (ModelLabel Label, IReadOnlyList<ModelLabel> Types) TargetOf(IEntityType principal)
    {
        var type = TableSharing.PrincipalOf(principal) is { } sharing ? sharing : principal;
        var root = type.GetRootType();
        return (LabelOf(root), type == root ? [] : [.. ConcreteTypes(type).Select(LabelOf)]);
    }

    private ModelLabel LabelOf(IEntityType entity) => _labels.Of(entity);
}
