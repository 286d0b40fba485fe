using Relocation.Testing.Results;

namespace Relocation.Testing;

/// <summary>What a test changed in its database: what <see cref="TestDatabaseChanges.ChangesAsync"/> gives.</summary>
public sealed class DatabaseChanges
{
    private readonly RelocationModel _model;

    internal DatabaseChanges(RelocationModel model, IReadOnlyList<RecordChange> records, IReadOnlyList<string> notes)
    {
        _model = model;
        Records = records;
        Notes = notes;
    }

    /// <summary>All changes: by model, then by identity.</summary>
    public IReadOnlyList<RecordChange> Records { get; }

    /// <summary>What rows alone do not tell, such as a changed schema: whole sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether nothing changed, and nothing has to be said.</summary>
    public bool IsEmpty => Records.Count == 0 && Notes.Count == 0;

    /// <summary>The added records of an entity. They count as looked at.</summary>
    /// <typeparam name="TEntity">The entity; of a hierarchy of types, its root.</typeparam>
    /// <exception cref="ArgumentException">The model has no such entity.</exception>
    public IReadOnlyList<RecordChange> Added<TEntity>() => Of(typeof(TEntity), ChangeKind.Added);

    /// <summary>The changed records of an entity. Each counts as looked at when all of its changed fields were asked for.</summary>
    /// <typeparam name="TEntity">The entity; of a hierarchy of types, its root.</typeparam>
    /// <exception cref="ArgumentException">The model has no such entity.</exception>
    public IReadOnlyList<RecordChange> Changed<TEntity>() => Of(typeof(TEntity), ChangeKind.Changed);

    /// <summary>The removed records of an entity. They count as looked at.</summary>
    /// <typeparam name="TEntity">The entity; of a hierarchy of types, its root.</typeparam>
    /// <exception cref="ArgumentException">The model has no such entity.</exception>
    public IReadOnlyList<RecordChange> Removed<TEntity>() => Of(typeof(TEntity), ChangeKind.Removed);

    /// <summary>The changes of one kind, by label. They count as looked at, as those by entity do.</summary>
    /// <param name="label">A model's label, as in <c>shop.order</c>, or what <see cref="RecordChange.Model"/> says of other rows.</param>
    /// <param name="kind">What became of the records.</param>
    /// <exception cref="ArgumentException">There is no such label in the model, and no change of that name.</exception>
    public IReadOnlyList<RecordChange> Of(string label, ChangeKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        var name = ModelLabel.TryParse(label, out var parsed) && _model.Find(parsed) is { } entity ? entity.Label.Value : label;
        return name == label && !parsed.Equals(default) && _model.Find(parsed) is null && Records.All(record => record.Model != label)
            ? throw ChangeErrors.NoSuchLabel(label, _model)
            : Take(name, kind);
    }

    /// <summary>Checks that the test has looked at all changes, and that there are no notes.</summary>
    /// <exception cref="UnexpectedChangesException">Something else changed; the message shows what, as the text of changes does.</exception>
    public void AssertNothingElse()
    {
        List<string> unseen = [.. Notes, .. Records.Select(record => record.Unseen()).OfType<string>()];
        if (unseen.Count > 0)
        {
            throw ChangeErrors.Unexpected(unseen);
        }
    }

    /// <summary>The text of changes, as it is approved: the same on both engines (docs/changes.md).</summary>
    public override string ToString() => ChangesText.Of(this);

    private List<RecordChange> Of(Type type, ChangeKind kind) => Take(
        (_model.Entities.FirstOrDefault(entity => entity.ClrType == type) ?? throw ChangeErrors.NoSuchEntity(type, _model)).Label.Value, kind);

    private List<RecordChange> Take(string model, ChangeKind kind)
    {
        List<RecordChange> taken = [.. Records.Where(record => record.Model == model && record.Kind == kind)];
        taken.ForEach(record => record.See());
        return taken;
    }
}
