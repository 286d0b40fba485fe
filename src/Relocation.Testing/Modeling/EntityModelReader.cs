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
            .Where(entity => !entity.IsOwned() && reader.IsSupported(entity))
            .Select(reader.ReadEntity)
            .ToList();
        return reader._problems.Count == 0
            ? RelocationModel.Create(reader._name, entities, AnnotatedFacts.DroppedLabelsOf(reader._model))
            : throw Errors.ModelDoesNotFit(reader._name, reader._problems);
    }

    private bool IsSupported(IEntityType entity)
    {
        var problem = entity switch
        {
            _ when entity.FindPrimaryKey() is null => "has no primary key",
            _ when entity.BaseType is not null || entity.GetDirectlyDerivedTypes().Any() => "is part of an inheritance hierarchy",
            _ when entity.GetTableName() is null => "is mapped to no table",
            _ when entity.GetMappingFragments().Any() => "is split over several tables",
            _ when StoreObjectIdentifier.Create(entity, StoreObjectType.Table) is { } table
                && entity.GetForeignKeys().Any(key => key.IsRowInternal(table)) => "shares its table with another entity",
            _ => OwnedProblem(entity),
        };
        if (problem is not null)
        {
            _problems.Add($"Entity '{entity.DisplayName()}' {problem}, which is not supported. Leave it out of the context that imports use.");
        }

        return problem is null;
    }

    /// <summary>Owned types live in the owner's columns or in one JSON column; other places are not supported.</summary>
    private static string? OwnedProblem(IEntityType entity)
    {
        foreach (var owned in entity.GetReferencingForeignKeys().Where(key => key.IsOwnership).Select(key => key.DeclaringEntityType))
        {
            if (!owned.IsMappedToJson() && (owned.GetTableName() != entity.GetTableName() || owned.GetSchema() != entity.GetSchema()))
            {
                return $"owns '{owned.DisplayName()}' in a table of its own";
            }
        }

        return null;
    }

    private RelocationEntity ReadEntity(IEntityType entity)
    {
        var table = entity.GetTableMappings().First(mapping => mapping.IsSplitEntityTypePrincipal ?? true).Table;
        var fields = new EntityFieldReader(entity, table, _problems);
        var key = entity.FindPrimaryKey()!;
        var keyFields = key.Properties.Select(fields.Read).ToList();
        return new RelocationEntity
        {
            Label = LabelOf(entity),
            ClrType = entity.HasSharedClrType ? null : entity.ClrType,
            Aliases = AnnotatedFacts.FormerLabelsOf(entity),
            DroppedFields = AnnotatedFacts.DroppedFieldsOf(entity),
            Schema = table.Schema,
            Table = table.Name,
            Key = new RelocationKey
            {
                Fields = keyFields,
                Policy = EntityRules.KeyPolicyOf(entity) ?? PolicyOf(key),
                HasCounter = key.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only]
                    && keyFields[0].Type == FieldType.Integer && only.FindFirstPrincipal() is null,
            },
            Fields = fields.ReadAll(key.Properties),
            References = [.. entity.GetForeignKeys().Where(foreign => !foreign.IsOwnership).Select(ReadReference).OfType<RelocationReference>()],
            Uniques = [.. ReadUniques(entity)],
            Checks = _checks.Read(entity),
            OnCollision = EntityRules.CollisionPolicyOf(entity),
            Dependencies = [.. entity.GetForeignKeys().Where(foreign => !foreign.IsOwnership && !foreign.PrincipalKey.IsPrimaryKey())
                .Select(foreign => LabelOf(foreign.PrincipalEntityType)).Where(label => label != LabelOf(entity))],
        };
    }

    private static KeyPolicy PolicyOf(IKey key)
    {
        if (key.Properties.Any(property => property.IsForeignKey()))
        {
            return KeyPolicy.Compose;
        }

        return key.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only] && EntityFieldReader.TypeOf(only) is FieldType.Integer or FieldType.Guid
            ? KeyPolicy.Remap
            : KeyPolicy.Preserve;
    }

    private static IEnumerable<UniqueSet> ReadUniques(IEntityType entity) =>
        entity.GetIndexes().Where(index => index.IsUnique)
            .Select(index => new UniqueSet
            {
                Name = index.GetDatabaseName(),
                Fields = [.. index.Properties.Select(EntityFieldReader.NameOf)],
                Condition = index.GetFilter(),
                IgnoresCase = EntityRules.IgnoresCase(index),
                OnCollision = EntityRules.CollisionPolicyOf(index),
                ChangedField = EntityRules.ChangedFieldOf(index),
            })
            .Concat(entity.GetKeys().Where(key => !key.IsPrimaryKey()).Select(key => new UniqueSet
            {
                Name = key.GetName(),
                Fields = [.. key.Properties.Select(EntityFieldReader.NameOf)],
                OnCollision = EntityRules.CollisionPolicyOf(key),
            }));

    /// <summary>A foreign key to the primary key of another record; one to an alternate key holds values that an import keeps.</summary>
    private RelocationReference? ReadReference(IForeignKey foreign) => !foreign.PrincipalKey.IsPrimaryKey() ? null : new RelocationReference
    {
        Name = foreign.DependentToPrincipal is { } navigation && foreign.Properties.Count > 1
            ? EntityFieldReader.SnakeCase(navigation.Name)
            : string.Join('+', foreign.Properties.Select(EntityFieldReader.NameOf)),
        Fields = [.. foreign.Properties.Select(EntityFieldReader.NameOf)],
        Target = LabelOf(foreign.PrincipalEntityType),
        OnUnresolved = EntityRules.UnresolvedPolicyOf(foreign),
        OnDelete = foreign.DeleteBehavior switch
        {
            DeleteBehavior.Cascade => "CASCADE",
            DeleteBehavior.SetNull => "SET NULL",
            _ => null,
        },
    };

    private ModelLabel LabelOf(IEntityType entity) => _labels.Of(entity);
}
