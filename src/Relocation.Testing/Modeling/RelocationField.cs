using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>One column of a model and where a backup holds its value.</summary>
/// <remarks>A field is equal to itself only; a <c>with</c> expression makes another one.</remarks>
public sealed record RelocationField
{
    [WorkedOut]
    private FieldLimits? _limits;

    [WorkedOut]
    private ConvertedForm? _converted;

    [WorkedOut]
    private bool? _isConverted;

    /// <summary>
    /// The member of <c>fields</c> that holds the value; dots lead into objects, as in <c>address.street</c>. For a part of
    /// the primary key, its name within the key.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Other names under which backups hold the value. Default: none.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// The names that the field had in older backups; dots lead into objects. Such fields are read, and reported as renamed.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

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

    /// <summary>
    /// Whether the column takes letters that differ in case only for the same, as one with the collation NOCASE or the type
    /// <c>citext</c> does. Default: no.
    /// </summary>
    public bool IgnoresCase { get; init; }

    /// <summary>How a backup writes the value. Default: JSON's own form.</summary>
    public FieldEncoding Encoding { get; init; }

    /// <summary>Whether a text of a backup may stand for the JSON that it holds.</summary>
    internal bool MayHoldJsonInText => Encoding is FieldEncoding.JsonText or FieldEncoding.FormerJsonText;

    /// <summary>
    /// What an absent field becomes; null means that it becomes null when the column takes null, and is an error otherwise.
    /// </summary>
    public FieldDefault? Default { get; init; }

    /// <summary>
    /// Whether <see cref="Default"/> is declared for backups that are older than the field, so that its use is expected.
    /// Default: no.
    /// </summary>
    public bool IsDefaultDeclared { get; init; }

    /// <summary>
    /// Whether backups hold the field. When not, the column always takes its default, and a member of that name is drift.
    /// Default: yes.
    /// </summary>
    public bool IsInBackup { get; init; } = true;

    /// <summary>
    /// Turns the JSON value of a record into what the column stores, or null to read it by <see cref="Type"/>. Returned are
    /// null, <see cref="long"/>, <see cref="bool"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="string"/>,
    /// byte array, <see cref="System.Guid"/>, <see cref="System.DateTime"/>, <see cref="DateTimeOffset"/>,
    /// <see cref="DateOnly"/>, <see cref="TimeOnly"/> or <see cref="TimeSpan"/>, as <see cref="Type"/> demands. Throws
    /// <see cref="FormatException"/> when the value is none of the field's. Default: none.
    /// </summary>
    public Func<System.Text.Json.JsonElement, object?>? Convert { get; init; }

    /// <summary>The application's type of the value, or null where the model was not read from a class. Default: null.</summary>
    public Type? ClrType { get; init; }

    /// <summary>Turns the application's values into stored ones and back, or null where they are the same. Default: null.</summary>
    public ValueConverter? Converter { get; init; }

    /// <summary>
    /// How the application reads the value where it stands inside JSON, or null for JSON's own form. Default: null.
    /// </summary>
    public JsonValueReaderWriter? JsonForm { get; init; }

    /// <summary>
    /// What the items of an array, or of a list in a JSON column, are; null where that is not known. Default: null.
    /// </summary>
    public RelocationField? Element { get; init; }

    /// <summary>
    /// What the objects of a JSON column hold; the names are those of their members. Empty where any object fits. Default: empty.
    /// </summary>
    public IReadOnlyList<RelocationField> Members { get; init; } = [];

    /// <summary>How sanitising replaces the field's values, where the model says so; null for what its name and type tell. Default: null.</summary>
    public SanitizeKind? Sanitizing { get; init; }

    /// <summary>Whether the value is another one in every run, so that texts for approval do not show it.</summary>
    internal bool IsVolatile { get; init; }

    /// <summary>Whether <see cref="Convert"/> has to see every value, since not all that <see cref="Type"/> would take is right.</summary>
    internal bool IsAlwaysConverted { get; init; }

    /// <summary>
    /// The name that a backup shows for a stored value, or null where the value has none: members of enums. Default: stored values are
    /// shown as they are.
    /// </summary>
    internal Func<object, string?>? NameOf { get; init; }

    /// <summary>How many digits an exact number has at most, where the model says so; null for what <see cref="StoreType"/> says.</summary>
    internal int? Precision { get; init; }

    /// <summary>How many of these come after the point.</summary>
    internal int? Scale { get; init; }

    /// <summary>
    /// Whether backups hold the value as PostgreSQL writes and reads it in text, since they have no form of their own for its type: ranges,
    /// bits, hardware addresses, vectors (docs/values.md). The field's type is <see cref="FieldType.Text"/> then. Default: no.
    /// </summary>
    public bool IsServerText { get; init; }

    /// <summary>Whether the column is one of SQLite's; null for what <see cref="StoreType"/> tells.</summary>
    internal bool? IsSqlite { get; init; }

    /// <summary>Whether an element of a list is meant, which goes by the list's name.</summary>
    internal bool IsElement { get; init; }

    /// <summary>Which values the .NET type and the column keep exactly.</summary>
    internal FieldLimits Limits => _limits?.Owner == this ? _limits : _limits = new FieldLimits(this);

    /// <summary>How backups hold a converted property as the application sees it; null where they hold what is stored.</summary>
    internal ConvertedForm? Converted
    {
        get
        {
            if (Converter is null)
            {
                return null;
            }

            if (_isConverted is null || (_isConverted is true && _converted?.Owner != this))
            {
                _converted = ConvertedForm.Of(this);
                _isConverted = _converted is not null;
            }

            return _converted;
        }
    }

    /// <summary>Whether an import writes the column, where it is no part of a key: not what only the database fills.</summary>
    internal bool IsWritten => IsInBackup || Default is { Kind: not FieldDefaultKind.Database };

    /// <summary>What a key, or a part of one, is made of where the column holds it.</summary>
    internal RecordKeyKind KeyKind => Type switch
    {
        FieldType.Integer => RecordKeyKind.Integer,
        FieldType.Guid => RecordKeyKind.Guid,
        _ => RecordKeyKind.Text,
    };

    /// <summary>The most characters that an element of the list takes, and of the lists in it; null for no limit, or for no list.</summary>
    internal int? LongestElement => Element is { } element ? element.MaxLength ?? element.LongestElement : null;

    /// <summary>All names under which backups hold the value: its own, former ones, then aliases.</summary>
    internal IEnumerable<string> AllNames => FormerNames.Concat(Aliases).Prepend(Name);

    /// <summary>Whether both are the same object.</summary>
    /// <param name="other">The field to compare with.</param>
    public bool Equals(RelocationField? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The field's name.</summary>
    public override string ToString() => Name;
}
