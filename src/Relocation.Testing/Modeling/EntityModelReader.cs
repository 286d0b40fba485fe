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
    private readonly SeedReader _seeds;
    private readonly LeftOutReader _leftOut;
    private readonly List<string> _problems = [];

    private EntityModelReader(DbContext context, LabelConvention labels, IReadOnlyList<string> leaveOut)
    {
        _model = context.Model;
        _checks = new CheckReader(context);
        _seeds = new SeedReader(context);
        _labels = labels;
        _leftOut = new LeftOutReader(LabelOf, leaveOut);
        _name = context.GetType().Name;
    }

    internal static RelocationModel Read(DbContext context, LabelConvention labels, IReadOnlyList<string> leaveOut)
    {
        var reader = new EntityModelReader(context, labels, leaveOut);
        var roots = reader._model.GetEntityTypes()
            .Where(entity => !entity.IsOwned() && entity.BaseType is null && TableSharing.PrincipalOf(entity) is null && !reader._leftOut.Leaves(entity))
            .ToList();
        var entities = roots.ConvertAll(reader.ReadEntity);
        reader._problems.AddRange(reader._leftOut.Unmet);
        return reader._problems.Count == 0
            ? RelocationModel.Create(reader._name, entities, AnnotatedFacts.DroppedLabelsOf(reader._model).Concat(reader._leftOut.DeclaredLabels), reader._leftOut.Parts)
            : throw ModelErrors.ModelDoesNotFit(reader._name, reader._problems);
    }

    private static IEnumerable<IEntityType> ConcreteTypes(IEntityType root) =>
        root.GetDerivedTypesInclusive().Where(type => !type.IsAbstract());

    private RelocationEntity ReadEntity(IEntityType root)
    {
        var types = ConcreteTypes(root).ToList();
        if (types is [var only] && only == root)
        {
            return Rows(root).Entity(root.FindPrimaryKey()!, [.. TableSharing.DependentsOf(root).Select(LabelOf)], null) with { Seeds = _seeds.Read(root) };
        }

        return new HierarchyReader(root, LabelOf, Rows).Read(types) with { Seeds = _seeds.Read(root) };
    }

    private EntityRowsReader Rows(
        IEntityType type, Dictionary<(string Name, ModelLabel Target), RelocationReference>? shared = null) =>
        new(type, LabelOf(type), TargetOf, _problems, _leftOut, _checks, shared);

    /// <summary>Whom a foreign key leads to, as backups know it: the root of a hierarchy, and which of its types may be meant.</summary>
    private (ModelLabel Label, IReadOnlyList<ModelLabel> Types) TargetOf(IEntityType principal)
    {
        var type = TableSharing.PrincipalOf(principal) is { } sharing ? sharing : principal;
        var root = type.GetRootType();
        return (LabelOf(root), type == root ? [] : [.. ConcreteTypes(type).Select(LabelOf)]);
    }

    private ModelLabel LabelOf(IEntityType entity) => _labels.Of(entity);
}
