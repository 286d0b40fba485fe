using System.Text;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>The members of <c>fields</c>, of an object in it, or of an element of a list that is rows of another table.</summary>
internal sealed class MemberTree
{
    private readonly List<Member> _members = [];
    private readonly string _path;
    private readonly byte[]? _type;
    private readonly JsonEncodedText _typeField;
    private readonly List<Member> _keys = [];
    private bool _isOptional;

    /// <summary>What records hold.</summary>
    internal MemberTree(
        RelocationEntity entity,
        RelocationType? type,
        EntityLayout layout,
        int[] places,
        IReadOnlyList<ChildGroup> children,
        FieldWriters writers)
        : this(string.Empty)
    {
        if (type is not null)
        {
            _typeField = JsonEncodedText.Encode(entity.TypeField!, JsonCopy.Encoder);
            _type = Encoding.UTF8.GetBytes(type.Discriminator);
        }

        Add(layout, places, children, writers, entity, (field, column) =>
            field.IsInBackup && column >= layout.KeyKinds.Length && field.Name != (type is null ? null : entity.TypeField));
    }

    /// <summary>What elements of a member hold.</summary>
    internal MemberTree(
        EntityLayout layout, RelocationChild child, int[] places, IReadOnlyList<ChildGroup> children, FieldWriters writers)
        : this(string.Empty)
    {
        Places = places;
        Add(layout, places, children, writers, layout.Entity, (field, _) =>
            field.IsInBackup && field.Name != child.Number && !child.OwnerFields.Contains(field.Name));
        _keys = child.HoldsKeys
            ? [.. layout.References[0].Columns.Select(column => new Member { Place = places[column], Writer = writers.Of(layout.Entity, layout.Entity, layout.Columns[column]) })]
            : [];
    }

    private MemberTree(string path) => _path = path;

    /// <summary>For each column of a member's layout, its place in the query's rows.</summary>
    internal int[] Places { get; } = [];

    internal async ValueTask WriteAsync(RowStream stream, ChildCursors children, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        if (_type is not null)
        {
            writer.WritePropertyName(_typeField);
            writer.WriteRawValue(_type);
        }

        foreach (var member in _members)
        {
            writer.WritePropertyName(member.Name);
            if (member.Writer is { } field)
            {
                field.Write(writer, stream.Row[member.Place], stream.Batch);
            }
            else if (member.Child is { } child)
            {
                await children.WriteAsync(child, writer, cancellationToken).ConfigureAwait(false);
            }
            else if (member.Tree!.IsMissing(stream, children))
            {
                writer.WriteNullValue();
            }
            else
            {
                await member.Tree.WriteAsync(stream, children, writer, cancellationToken).ConfigureAwait(false);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the key that an element of a list of keys is.</summary>
    internal void WriteKey(RowStream stream, Utf8JsonWriter writer)
    {
        if (_keys.Count > 1)
        {
            writer.WriteStartArray();
        }

        foreach (var part in _keys)
        {
            part.Writer!.Write(writer, stream.Row[part.Place], stream.Batch);
        }

        if (_keys.Count > 1)
        {
            writer.WriteEndArray();
        }
    }

    /// <summary>An object that may be missing is where nothing of it is there.</summary>
    private bool IsMissing(RowStream stream, ChildCursors children) => _isOptional && IsEmpty(stream, children);

    private bool IsEmpty(RowStream stream, ChildCursors children) => _members.TrueForAll(member =>
        member.Writer is not null ? stream.Row[member.Place].IsNull
        : member.Child is not null ? !children.HasAny(member.Child)
        : member.Tree!.IsEmpty(stream, children));

    private void Add(
        EntityLayout layout,
        int[] places,
        IReadOnlyList<ChildGroup> children,
        FieldWriters writers,
        RelocationEntity owner,
        Func<RelocationField, int, bool> isWritten)
    {
        for (var column = 0; column < layout.Columns.Length; column++)
        {
            var field = layout.Columns[column];
            if (isWritten(field, column))
            {
                Add(field.Name, new Member { Place = places[column], Writer = writers.Of(owner, layout.Entity, field) }, field.Object);
            }
        }

        foreach (var child in layout.Children)
        {
            var group = children.FirstOrDefault(group => group.Layout.Child.Name == child.Child.Name
                && group.Layout.Rows.Parts[0].Name == child.Rows.Parts[0].Name && group.Layout.Rows.Parts[0].Schema == child.Rows.Parts[0].Schema);
            if (group is not null)
            {
                Add(child.Child.Name, new Member { Child = group }, null);
            }
        }
    }

    private void Add(string name, Member member, string? optional)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            member.Name = JsonEncodedText.Encode(name, JsonCopy.Encoder);
            _members.Add(member);
            return;
        }

        var path = _path.Length == 0 ? name[..dot] : $"{_path}.{name[..dot]}";
        var tree = _members.Find(known => known.Tree?._path == path)?.Tree;
        if (tree is null)
        {
            tree = new MemberTree(path);
            _members.Add(new Member { Name = JsonEncodedText.Encode(name[..dot], JsonCopy.Encoder), Tree = tree });
        }

        tree._isOptional |= optional == path;
        tree.Add(name[(dot + 1)..], member, optional);
    }

    private sealed class Member
    {
        internal JsonEncodedText Name { get; set; }

        internal int Place { get; init; }

        internal FieldWriter? Writer { get; init; }

        internal ChildGroup? Child { get; init; }

        internal MemberTree? Tree { get; init; }
    }
}
