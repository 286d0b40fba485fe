using System.Runtime.CompilerServices;
using Relocation.Testing.Modeling;
using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>What the engine knows of one model: its table, key, fields, references and rules.</summary>
/// <remarks>An entity is equal to itself only; a <c>with</c> expression makes another one.</remarks>
public sealed record RelocationEntity
{
    /// <summary>The model's label.</summary>
    public required ModelLabel Label { get; init; }

    /// <summary>
    /// Other labels under which backups hold records of this model, as older ones may do. Such records are reported as renamed.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<ModelLabel> Aliases { get; init; } = [];

    /// <summary>The application's class, or null where the model was not read from one. Default: null.</summary>
    public Type? ClrType { get; init; }

    /// <summary>The schema of the table, or null for the database's default one. Default: null.</summary>
    public string? Schema { get; init; }

    /// <summary>The table's name.</summary>
    public required string Table { get; init; }

    /// <summary>The primary key.</summary>
    public required RelocationKey Key { get; init; }

    /// <summary>The columns that are not part of the primary key.</summary>
    public required IReadOnlyList<RelocationField> Fields { get; init; }

    /// <summary>
    /// Fields of older backups that the model has no more; dots lead into objects. They are left out, and reported as dropped.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> DroppedFields { get; init; } = [];

    /// <summary>The references to other records, among them those that are part of the key. Default: none.</summary>
    public IReadOnlyList<RelocationReference> References { get; init; } = [];

    /// <summary>The unique sets besides the primary key. Default: none.</summary>
    public IReadOnlyList<UniqueSet> Uniques { get; init; } = [];

    /// <summary>
    /// Lists of fields by which rows are looked for: each has an index, where no unique set or reference has one already. Default: none.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Indexes { get; init; } = [];

    /// <summary>SQL conditions that every row meets, by name. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Checks { get; init; } = new Dictionary<string, string>();

    /// <summary>Models that come first in an import though no reference says so. Default: none.</summary>
    public IReadOnlyList<ModelLabel> Dependencies { get; init; } = [];

    /// <summary>The scopes that the model's records may belong to; empty means every scope. Default: empty.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Decides by the record where a model has several scopes. Default: none.</summary>
    public ScopeRule? ScopeRule { get; init; }

    /// <summary>
    /// The parts of a split deployment that keep the model's table (<c>Control</c>, <c>Region</c>), which listings of dependencies show;
    /// empty where there is one database only. Default: empty.
    /// </summary>
    public IReadOnlyList<string> Silos { get; init; } = [];

    /// <summary>
    /// Whether the model's records stand by themselves, so that a record that needs one of them is not left dangling (docs/sentry-import.md,
    /// sections 2.3 and 2.4). Default: no.
    /// </summary>
    public bool IsRoot { get; init; }

    /// <summary>The fields that order records for comparison, or empty for the primary key. Default: empty.</summary>
    public IReadOnlyList<string> OrdinalFields { get; init; } = [];

    /// <summary>
    /// The concrete types, where the model is a hierarchy of types with keys of their own space; else empty. <see cref="Fields"/>,
    /// <see cref="References"/> and <see cref="Uniques"/> are then those of all types together; what a record of one type holds
    /// is in its <see cref="RelocationType.Rows"/>. Default: empty.
    /// </summary>
    public IReadOnlyList<RelocationType> Types { get; init; } = [];

    /// <summary>
    /// The member of <c>fields</c> that names a record's type where its label does not; null outside of a hierarchy.
    /// Default: null.
    /// </summary>
    public string? TypeField { get; init; }

    /// <summary>
    /// All tables that get a row for every record, <see cref="Table"/> first, where there is more than one (a table per type, an
    /// entity split over tables); else empty: <see cref="Table"/> has all columns. Default: empty.
    /// </summary>
    internal IReadOnlyList<RelocationTable> Tables { get; init; } = [];

    /// <summary>The members that become rows of other tables. Default: none.</summary>
    public IReadOnlyList<RelocationChild> Children { get; init; } = [];

    /// <summary>
    /// What happens to a record whose unique values are taken, or null for what the import says. Default: null.
    /// </summary>
    public CollisionPolicy? OnCollision { get; init; }

    /// <summary>What becomes of the triggers on the model's tables, or null for what the import says. Default: null.</summary>
    public TriggerPolicy? Triggers { get; init; }

    /// <summary>Whether both are the same object.</summary>
    /// <param name="other">The entity to compare with.</param>
    public bool Equals(RelocationEntity? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The model's label.</summary>
    public override string ToString() => Label.Value;

    /// <summary>What an import has decide about the model's records before they are written. Default: nothing.</summary>
    internal IReadOnlyList<IModelRule> Rules { get; init; } = [];

    /// <summary>
    /// The keys of the rows that come with the tables, with those of their values, by field, that can be compared with a backup's as they stand:
    /// texts, numbers and booleans. Records of these keys stand for the rows.
    /// </summary>
    internal IReadOnlyDictionary<RecordKey, IReadOnlyDictionary<string, object?>> Seeds { get; init; } =
        new Dictionary<RecordKey, IReadOnlyDictionary<string, object?>>();

    /// <summary>The columns that an import writes: the key's, then all but those that only the database fills.</summary>
    internal IEnumerable<RelocationField> WrittenFields => Key.Fields.Concat(Fields.Where(candidate => candidate.IsWritten));

    /// <summary>The field or key part of that name, or null.</summary>
    internal RelocationField? FindField(string name) =>
        Fields.FirstOrDefault(field => field.Name == name) ?? Key.Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>The references of the model's records, those in their members included.</summary>
    internal IEnumerable<RelocationReference> AllReferences() => References.Concat(ChildReferences());

    /// <summary>The references in members of the model's records.</summary>
    internal IEnumerable<RelocationReference> ChildReferences() => AllChildren().SelectMany(child => child.Rows.References);

    /// <summary>The references in objects that the model's records own.</summary>
    internal IEnumerable<RelocationReference> OwnedReferences() =>
        AllChildren().Where(child => !child.HoldsKeys).SelectMany(child => child.Rows.References);

    /// <summary>The references of many-to-many relations, whose rows need both ends.</summary>
    internal IEnumerable<RelocationReference> LinkReferences() =>
        AllChildren().Where(child => child.HoldsKeys).SelectMany(child => child.Rows.References);

    private IEnumerable<RelocationChild> AllChildren() => Children.Count == 0 && Types.Count == 0
        ? []
        : Children.Concat(Types.SelectMany(type => type.Rows.Children)).SelectMany(child => child.Rows.AllChildren().Prepend(child));

    /// <summary>Which part of the primary key the field is, or -1.</summary>
    internal int PositionInKey(string name)
    {
        for (var part = 0; part < Key.Fields.Count; part++)
        {
            if (Key.Fields[part].Name == name)
            {
                return part;
            }
        }

        return -1;
    }

    /// <summary>The names of the fields that hold JSON in a string.</summary>
    internal IReadOnlyList<string> JsonTextNames =>
        [.. Fields.Where(column => column.MayHoldJsonInText).SelectMany(column => column.AllNames)];

    /// <summary>The names of fields and members that an unknown one may have been meant to be, at most three.</summary>
    internal IReadOnlyList<string> NearestFields(string member) => NearMiss.Of(
        member,
        Fields.Where(field => field.IsInBackup).Select(field => field.Name)
            .Concat(Children.Concat(Types.SelectMany(type => type.Rows.Children)).Select(child => child.Name))
            .Select(name => name.Split('.')[0]));
}
