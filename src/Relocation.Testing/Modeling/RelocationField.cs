namespace Relocation.Testing;

/// <summary>One column of a model and where a backup holds its value.</summary>
public sealed class RelocationField
{
    /// <summary>
    /// The member of <c>fields</c> that holds the value; dots lead into objects, as in <c>address.street</c>. For a part of
    /// the primary key, its name within the key.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Other names under which backups hold the value. Default: none.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The column's name in the database.</summary>
    public required string Column { get; init; }

    /// <summary>What the field holds.</summary>
    public required FieldType Type { get; init; }

    /// <summary>The column's type as the database names it, for example <c>character varying(30)</c> or <c>TEXT</c>.</summary>
    public required string StoreType { get; init; }

    /// <summary>Whether the value may be null. A field of one type in a table of several may demand more than its column. Default: no.</summary>
    public bool IsNullable { get; init; }

    /// <summary>
    /// The object that may be missing or null as a whole, where the field is a member of such a one: <c>address</c> for
    /// <c>address.street</c>. The column is then null, whatever <see cref="IsNullable"/> says. Default: null.
    /// </summary>
    public string? Object { get; init; }

    /// <summary>The most characters that the column takes, or null for no limit. Default: no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>How a backup writes the value. Default: JSON's own form.</summary>
    public FieldEncoding Encoding { get; init; }

    /// <summary>
    /// What an absent field becomes; null means that it becomes null when the column takes null, and is an error otherwise.
    /// </summary>
    public FieldDefault? Default { get; init; }

    /// <summary>
    /// Whether backups hold the field. When not, the column always takes its default, and a member of that name is drift.
    /// Default: yes.
    /// </summary>
    public bool IsInBackup { get; init; } = true;

    /// <summary>The lowest number that the property takes, or null for no bound of its own. Default: null.</summary>
    public long? Least { get; init; }

    /// <summary>The highest number that the property takes, or null for no bound of its own. Default: null.</summary>
    public long? Most { get; init; }

    /// <summary>The values that a backup may hold, as JSON, where there are but a few, as of an enum; else empty. Default: empty.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>What the elements of an <see cref="FieldType.Array"/> are, or null when that is not known. Default: null.</summary>
    public RelocationField? Element { get; init; }

    /// <summary>
    /// The members of the object, or of each object of a list, that a <see cref="FieldType.Json"/> column holds, where the
    /// application demands such; their names are those in the JSON. Empty for any JSON. Default: empty.
    /// </summary>
    public IReadOnlyList<RelocationField> Members { get; init; } = [];

    /// <summary>Whether a <see cref="FieldType.Json"/> column with <see cref="Members"/> holds a list of objects. Default: no.</summary>
    public bool IsList { get; init; }

    /// <summary>
    /// Turns the JSON value of a record into what the column stores, or null to read it by <see cref="Type"/>. Returned are
    /// null, <see cref="long"/>, <see cref="bool"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="string"/>,
    /// byte array, <see cref="System.Guid"/>, <see cref="System.DateTime"/>, <see cref="DateTimeOffset"/>,
    /// <see cref="DateOnly"/>, <see cref="TimeOnly"/> or <see cref="TimeSpan"/>, as <see cref="Type"/> demands. Throws
    /// <see cref="FormatException"/> when the value is none of the field's. Default: none.
    /// </summary>
    public Func<System.Text.Json.JsonElement, object?>? Convert { get; init; }

    /// <summary>Whether <see cref="Convert"/> has to see every value, since not all that <see cref="Type"/> would take is right.</summary>
    internal bool IsAlwaysConverted { get; init; }

    /// <summary>The same field as another column holds it.</summary>
    internal RelocationField InColumn(string column)
    {
        if (column == Column)
        {
            return this;
        }

        return new RelocationField
        {
            Name = Name,
            Aliases = Aliases,
            Column = column,
            Type = Type,
            StoreType = StoreType,
            IsNullable = IsNullable,
            Object = Object,
            MaxLength = MaxLength,
            Encoding = Encoding,
            Default = Default,
            IsInBackup = IsInBackup,
            Least = Least,
            Most = Most,
            Values = Values,
            Element = Element,
            Members = Members,
            IsList = IsList,
            Convert = Convert,
            IsAlwaysConverted = IsAlwaysConverted,
        };
    }

    /// <summary>The field's name.</summary>
    public override string ToString() => Name;
}
