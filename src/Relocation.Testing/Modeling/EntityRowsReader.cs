using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Reads what the records of one concrete type hold: their tables, key, fields, references, unique sets and collections.</summary>
internal sealed class EntityRowsReader
{
    private readonly IEntityType _type;
    private readonly ModelLabel _label;
    private readonly Func<IEntityType, (ModelLabel Label, IReadOnlyList<ModelLabel> Types)> _targetOf;
    private readonly List<string> _problems;
    private readonly LeftOutReader _leftOut;
    private readonly CheckReader? _checks;
    private readonly Dictionary<(string Name, ModelLabel Target), RelocationReference> _shared;
    private readonly List<ITable> _tables;
    private readonly EntityFieldReader _fields;
    private readonly List<RelocationReference> _references = [];
    private readonly List<UniqueSet> _uniques = [];
    private readonly List<RelocationChild> _children = [];

    internal EntityRowsReader(
        IEntityType type,
        ModelLabel label,
        Func<IEntityType, (ModelLabel Label, IReadOnlyList<ModelLabel> Types)> targetOf,
        List<string> problems,
        LeftOutReader leftOut,
        CheckReader? checks = null,
        Dictionary<(string Name, ModelLabel Target), RelocationReference>? shared = null)
    {
        _checks = checks;
        _shared = shared ?? [];
        _type = type;
        _label = label;
        _targetOf = targetOf;
        _problems = problems;
        _leftOut = leftOut;
        _tables = TablesOf(type);
        _fields = new EntityFieldReader(type, label, _tables, problems, leftOut);
    }

    /// <param name="key">The primary key.</param>
    /// <param name="aliases">Other labels of the records.</param>
    /// <param name="typeColumn">What tells the type of a record, in a hierarchy.</param>
    internal RelocationEntity Entity(IKey key, IReadOnlyList<ModelLabel> aliases, TypeColumn? typeColumn)
    {
        var keyFields = key.Properties.Select(property => _fields.Read(property, string.Empty, null)).ToList();
        ReadMembers(_type, string.Empty, null, typeColumn);
        var known = keyFields.Concat(_fields.All).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return new RelocationEntity
        {
            Label = _label,
            ClrType = _type.HasSharedClrType ? null : _type.ClrType,
            Aliases = [.. aliases.Concat(AnnotatedFacts.FormerLabelsOf(_type)).Distinct()],
            DroppedFields = [.. AnnotatedFacts.DroppedFieldsOf(_type).Concat(_fields.Declared).Distinct()],
            Checks = _checks?.Read(_type) ?? new Dictionary<string, string>(),
            OnCollision = EntityRules.CollisionPolicyOf(_type),
            Schema = _tables[0].Schema,
            Table = _tables[0].Name,
            Tables = _tables.Count > 1 ? [.. _tables.Select(_fields.TableOf)] : [],
            Key = KeyReader.Read(key, keyFields, EntityRules.KeyPolicyOf(_type)),
            Fields = _fields.All,
            References = _references,
            Uniques = [.. _uniques.Where(unique => unique.Fields.All(known.Contains))],
            Children = _children,
            TypeField = typeColumn?.Field,
        };
    }

    /// <summary>The tables that get a row for every record, each after those that its foreign keys lead to.</summary>
    private static List<ITable> TablesOf(IEntityType type)
    {
        var mapped = type.GetTableMappings().Select(mapping => mapping.Table).Distinct().ToList();
        var chain = type.GetAllBaseTypes().Append(type)
            .Select(entity => mapped.Find(table => table.Name == entity.GetTableName() && table.Schema == entity.GetSchema()))
            .OfType<ITable>();
        return [.. chain.Concat(mapped).Distinct()];
    }

    /// <summary>Reads a type whose properties are in the record's own tables: the entity, or one that it owns or shares its row with.</summary>
    private void ReadMembers(IEntityType type, string path, string? optional, TypeColumn? typeColumn)
    {
        _fields.AddProperties(type.GetProperties().Where(property => !property.IsPrimaryKey()), path, optional, typeColumn);
        _fields.AddComplex(type.GetComplexProperties(), path, optional);
        foreach (var foreign in type.GetForeignKeys().Where(IsReference).Where(IsKnown))
        {
            // The types of a hierarchy share the references that they inherit.
            var reference = ReadReference(foreign, path);
            _shared.TryAdd((reference.Name, reference.Target), reference);
            _references.Add(_shared[(reference.Name, reference.Target)]);
        }

        _uniques.AddRange(ReadUniques(type, path));
        var held = type.GetReferencingForeignKeys().Where(foreign => foreign.IsOwnership)
            .Concat(TableSharing.LinksTo(type.GetRootType()).Where(link => link.PrincipalEntityType.IsAssignableFrom(type)));
        foreach (var link in held.Distinct())
        {
            ReadHeld(link, path, optional);
        }

        foreach (var navigation in type.GetSkipNavigations().Where(navigation => !navigation.IsShadowProperty()))
        {
            AddKeys(navigation, path);
        }
    }

    private void ReadHeld(IForeignKey link, string path, string? optional)
    {
        var held = link.DeclaringEntityType;
        var navigation = link.PrincipalToDependent?.Name ?? held.ClrType.Name;
        var name = path + EntityFieldReader.SnakeCase(navigation);
        if (_leftOut.Leaves(_label, name))
        {
            _fields.Declare(name);
        }
        else if (held.IsMappedToJson())
        {
            _fields.AddJson(name, path + navigation, held, isList: !link.IsUnique, isNullable: !link.IsUnique || !link.IsRequiredDependent, optional);
        }
        else if (link.IsUnique && _tables.Contains(TablesOf(held)[0]))
        {
            ReadMembers(held, $"{name}.", link.IsRequiredDependent ? optional : name, null);
        }
        else
        {
            AddRows(link, name, path + navigation);
        }
    }

    /// <summary>Owned objects in a table of their own.</summary>
    private void AddRows(IForeignKey ownership, string name, string alias)
    {
        var owned = ownership.DeclaringEntityType;
        if (!ownership.PrincipalKey.IsPrimaryKey())
        {
            _problems.Add(
                $"Entity '{_type.DisplayName()}' owns '{owned.DisplayName()}' by an alternate key. Let the ownership use the primary key.");
            return;
        }

        var key = owned.FindPrimaryKey()!;
        var number = key.Properties.FirstOrDefault(property => !ownership.Properties.Contains(property)
            && property.ValueGenerated == ValueGenerated.OnAdd && EntityFieldReader.TypeOf(property) == FieldType.Integer);
        _children.Add(new RelocationChild
        {
            Name = name,
            Aliases = EntityFieldReader.Others(name, [alias]),
            Rows = new EntityRowsReader(owned, RowsLabel(name), _targetOf, _problems, _leftOut).Entity(key, [], null),
            OwnerFields = [.. ownership.Properties.Select(EntityFieldReader.NameOf)],
            Number = number is null ? null : EntityFieldReader.NameOf(number),
            IsSingle = ownership.IsUnique,
            IsRequired = ownership is { IsUnique: true, IsRequiredDependent: true },
        });
    }

    /// <summary>The keys of a many-to-many relation, which become rows of its join table.</summary>
    private void AddKeys(ISkipNavigation navigation, string path)
    {
        var join = navigation.JoinEntityType;
        var other = navigation.Inverse.ForeignKey;
        if (!navigation.ForeignKey.PrincipalKey.IsPrimaryKey() || join.BaseType is not null || join.GetDirectlyDerivedTypes().Any()
            || !join.GetTableMappings().Any() || _leftOut.Holds(join) || _leftOut.Holds(navigation.TargetEntityType))
        {
            return;
        }

        var name = path + EntityFieldReader.SnakeCase(navigation.Name);
        if (_leftOut.Leaves(_label, name))
        {
            _fields.Declare(name);
            return;
        }

        var key = join.FindPrimaryKey()!;
        var number = key.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only] && EntityFieldReader.TypeOf(only) == FieldType.Integer
            ? EntityFieldReader.NameOf(only)
            : null;
        _children.Add(new RelocationChild
        {
            Name = name,
            Aliases = EntityFieldReader.Others(name, [path + navigation.Name]),
            Rows = new EntityRowsReader(join, RowsLabel(name), _targetOf, _problems, _leftOut).Link(key, other),
            OwnerFields = [.. navigation.ForeignKey.Properties.Select(EntityFieldReader.NameOf)],
            Number = number,
            HoldsKeys = true,
        });
    }

    private ModelLabel RowsLabel(string name) => ModelLabel.Parse($"{_label}_{name.Replace('.', '_')}");

    /// <summary>A row of a join table, of whose references only the one that leads away from the owner is to be followed.</summary>
    private RelocationEntity Link(IKey key, IForeignKey away)
    {
        var keyFields = key.Properties.Select(property => _fields.Read(property, string.Empty, null)).ToList();
        _fields.AddProperties(_type.GetProperties().Where(property => !property.IsPrimaryKey()), string.Empty, null, null);
        return new RelocationEntity
        {
            Label = _label,
            Schema = _tables[0].Schema,
            Table = _tables[0].Name,
            Key = KeyReader.Read(key, keyFields),
            Fields = _fields.All,
            References = [ReadReference(away, string.Empty)],
        };
    }

    /// <summary>What the database calls an index: types that share a table may have one each on properties of the same name.</summary>
    private string? NameOf(IIndex index) => index.DeclaringEntityType.BaseType is null
        ? index.GetDatabaseName()
        : index.GetMappedTableIndexes().FirstOrDefault(mapped => _tables.Contains(mapped.Table))?.Name ?? index.GetDatabaseName();

    /// <summary>Values that lead to what backups do not hold are values like others.</summary>
    private bool IsKnown(IForeignKey foreign) => !_leftOut.Holds(foreign.PrincipalEntityType) && !foreign.Properties.Any(_leftOut.Holds);

    private bool IsReference(IForeignKey foreign) =>
        !foreign.IsOwnership && !foreign.IsBaseLinking()
        && !_tables.Exists(table => foreign.IsRowInternal(StoreObjectIdentifier.Table(table.Name, table.Schema)));

    private RelocationReference ReadReference(IForeignKey foreign, string path)
    {
        var (label, types) = _targetOf(foreign.PrincipalEntityType);
        var fields = foreign.Properties.Select(property => path + EntityFieldReader.NameOf(property)).ToList();
        return new RelocationReference
        {
            Name = foreign.DependentToPrincipal is { } navigation && foreign.Properties.Count > 1
                ? path + EntityFieldReader.SnakeCase(navigation.Name)
                : string.Join('+', fields),
            Fields = fields,
            Target = label,
            TargetTypes = types,
            TargetFields = foreign.PrincipalKey.IsPrimaryKey() ? [] : [.. foreign.PrincipalKey.Properties.Select(EntityFieldReader.NameOf)],

            // A base type without a table cannot be the end of a foreign key.
            OnUnresolved = EntityRules.UnresolvedPolicyOf(foreign),
            HasConstraint = foreign.GetMappedConstraints().Any(),
            OnDelete = foreign.DeleteBehavior switch
            {
                DeleteBehavior.Cascade => "CASCADE",
                DeleteBehavior.SetNull => "SET NULL",
                _ => null,
            },
        };
    }

    private IEnumerable<UniqueSet> ReadUniques(IEntityType entity, string path) =>
        entity.GetIndexes().Where(index => index.IsUnique)
            .Select(index => new UniqueSet
            {
                Name = NameOf(index),
                Fields = [.. index.Properties.Select(property => path + EntityFieldReader.NameOf(property))],
                Condition = index.GetFilter(),
                IgnoresCase = EntityRules.IgnoresCase(index),
                OnCollision = EntityRules.CollisionPolicyOf(index),
                ChangedField = EntityRules.ChangedFieldOf(index) is { } changed ? path + changed : null,
            })
            .Concat(entity.GetKeys().Where(key => !key.IsPrimaryKey()).Select(key => new UniqueSet
            {
                Name = key.GetName(),
                Fields = [.. key.Properties.Select(property => path + EntityFieldReader.NameOf(property))],
                OnCollision = EntityRules.CollisionPolicyOf(key),
            }));
}
