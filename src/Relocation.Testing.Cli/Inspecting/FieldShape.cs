using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Inspecting;

/// <summary>
/// The members that an object of a record may have by the model, and those that were found. Below the record's own fields these are owned
/// objects, lists of them, and JSON of a known shape; arbitrary JSON has no shape.
/// </summary>
internal sealed class FieldShape
{
    private const int MostOnStack = 256;

    private readonly Dictionary<string, FieldShape> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldShape>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _names = [];
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly string _path;
    private bool _isMet;
    private bool _isEntered;

    private FieldShape(string path)
    {
        _path = path;
        _bySpan = _members.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The members of a model's records.</summary>
    internal static FieldShape Of(RelocationEntity entity)
    {
        var root = new FieldShape(string.Empty);
        root.AddRows(entity, []);
        foreach (var type in entity.Types)
        {
            root.AddRows(type.Rows, []);
        }

        return root;
    }

    /// <summary>Visits the members of a record that have a shape.</summary>
    internal void Observe(ReadOnlySpan<byte> json, bool isRecord = true)
    {
        _isEntered = true;
        Span<char> buffer = stackalloc char[MostOnStack];
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            FieldShape? member;
            if (reader.NameIsEscaped || reader.Name.Length > buffer.Length)
            {
                _members.TryGetValue(JsonText.ToText(reader.Name), out member);
            }
            else
            {
                _bySpan.TryGetValue(buffer[..Encoding.UTF8.GetChars(reader.Name, buffer)], out member);
            }

            if (member is not null)
            {
                member._isMet = true;
                member.ObserveValue(ref reader);
            }
            else if (!isRecord)
            {
                _unknown.Add(JsonText.ToText(reader.Name));
            }
        }
    }

    /// <summary>The unknown members by their paths, each with similar names.</summary>
    internal IEnumerable<(string Path, IReadOnlyList<string> Names)> Unknown() => _members.Values.Distinct().SelectMany(member => member.Unknown())
        .Concat(_unknown.Order(StringComparer.Ordinal).Select(name => ($"{_path}{name}", (IReadOnlyList<string>)_names)));

    /// <summary>Whether a path was found in some record, or an object on it that was always null.</summary>
    internal bool Met(string path)
    {
        var at = this;
        foreach (var name in path.Split('.'))
        {
            if (!at._members.TryGetValue(name, out at) || !at._isMet)
            {
                return false;
            }

            if (!at._isEntered)
            {
                return true;
            }
        }

        return true;
    }

    private void ObserveValue(ref FieldReader value)
    {
        if (_members.Count == 0)
        {
            return;
        }

        if (value.Kind == JsonToken.Object)
        {
            Observe(value.Value, isRecord: false);
        }
        else if (value.Kind == JsonToken.Array)
        {
            var elements = new FieldReader(value.Value);
            while (elements.ReadElement())
            {
                if (elements.Kind == JsonToken.Object)
                {
                    Observe(elements.Value, isRecord: false);
                }
            }
        }
    }

    private void AddRows(RelocationEntity rows, IReadOnlyList<string> provided)
    {
        foreach (var field in rows.Key.Fields.Concat(rows.Fields).Where(field => field.IsInBackup && !provided.Contains(field.Name)))
        {
            var member = Add(field.Name, [.. field.Aliases, .. field.FormerNames]);
            member.AddJson(field);
        }

        foreach (var child in rows.Children)
        {
            var member = Add(child.Name, child.Aliases);
            if (!child.HoldsKeys)
            {
                member.AddRows(child.Rows, [.. child.OwnerFields, .. child.Number is { } number ? [number] : Array.Empty<string>()]);
            }
        }
    }

    private void AddJson(RelocationField field)
    {
        foreach (var inner in field.Element?.Members ?? field.Members)
        {
            Add(inner.Name, []).AddJson(inner);
        }
    }

    /// <summary>The member of a path, which may have other paths too.</summary>
    private FieldShape Add(string path, IReadOnlyList<string> aliases)
    {
        var (parent, name) = ParentOf(path);
        if (!parent._members.TryGetValue(name, out var member))
        {
            member = new FieldShape($"{parent._path}{name}.");
            parent._members.Add(name, member);
            parent._names.Add(name);
        }

        foreach (var alias in aliases)
        {
            var (other, otherName) = ParentOf(alias);
            other._members.TryAdd(otherName, member);
        }

        return member;
    }

    private (FieldShape Parent, string Name) ParentOf(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (this, path) : Add(path[..dot], []).ParentOf(path[(dot + 1)..]);
    }
}
