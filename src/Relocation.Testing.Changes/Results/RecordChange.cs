namespace Relocation.Testing;

/// <summary>What became of one record: a row, with what other tables hold of it.</summary>
public sealed class RecordChange
{
    private readonly IReadOnlyList<FieldChange> _fields;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _isSeen;

    internal RecordChange(string model, string identity, ChangeKind kind, IReadOnlyList<FieldChange> fields)
    {
        Model = model;
        Identity = identity;
        Kind = kind;
        _fields = fields;
    }

    /// <summary>
    /// The model's label, for example <c>shop.order</c>; with the member's name, as in <c>shop.order.lines</c>, for rows that a record owns; the
    /// table's name, where no model has the table.
    /// </summary>
    public string Model { get; }

    /// <summary>
    /// The record by the pk map: <c>shop.order#42</c> with its key in the backup, <c>shop.order#new1</c> for one that the test added, and
    /// <c>shop.order[7]</c> with its key in the database for one that no backup holds.
    /// </summary>
    public string Identity { get; }

    /// <summary>What became of it.</summary>
    public ChangeKind Kind { get; }

    /// <summary>
    /// The changed fields of a changed record; those of an added one that are not null. Of a removed one only what a record without an identity
    /// is known by. Asking for them counts as looking at all of them, for <see cref="DatabaseChanges.AssertNothingElse"/>.
    /// </summary>
    public IReadOnlyList<FieldChange> Fields
    {
        get
        {
            _isSeen = true;
            _seen.UnionWith(_fields.Select(each => each.Name));
            return _fields;
        }
    }

    /// <summary>What became of a field.</summary>
    /// <param name="field">The field, as backups call it.</param>
    /// <exception cref="KeyNotFoundException">It did not change, or there is no such field. The message lists those that changed.</exception>
    public FieldChange this[string field]
    {
        get
        {
            _isSeen = true;
            _seen.Add(field);
            return _fields.FirstOrDefault(candidate => candidate.Name == field)
                ?? throw ChangeErrors.FieldUnchanged(this, field, _fields);
        }
    }

    /// <summary>The record's part of the text of changes.</summary>
    public override string ToString() => string.Join('\n', Lines());

    /// <summary>The same without counting as looked at.</summary>
    internal IReadOnlyList<FieldChange> Listed => _fields;

    internal void See() => _isSeen = true;

    /// <summary>What nobody has looked at: null for nothing.</summary>
    internal string? Unseen() => !_isSeen
        ? ToString()
        : Kind == ChangeKind.Changed && _fields.Any(field => !_seen.Contains(field.Name))
            ? string.Join('\n', Lines(field => !_seen.Contains(field.Name)))
            : null;

    internal IEnumerable<string> Lines(Func<FieldChange, bool>? takes = null) => _fields.Where(field => takes?.Invoke(field) != false)
        .Select(field => Kind switch
        {
            ChangeKind.Added => $"  {field.Name}: {field.New}",
            ChangeKind.Removed => $"  {field.Name}: {field.Old}",
            _ => $"  {field.Name}: {field.Old ?? "null"} -> {field.New ?? "null"}",
        }).Prepend($"{Identity} {Word(Kind)}");

    internal static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "added",
        ChangeKind.Changed => "changed",
        _ => "removed",
    };
}
