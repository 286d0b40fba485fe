using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>The members of a record's <c>fields</c>, where dotted names are objects within objects.</summary>
internal sealed class FieldTree
{
    private readonly List<(JsonEncodedText Name, FieldTree? Inner, ValueSource? Value)> _members = [];
    private readonly Dictionary<string, FieldTree> _inner = new(StringComparer.Ordinal);
    private Func<long, bool>? _isNull;

    internal void Add(string name, ValueSource value)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            _members.Add((JsonEncodedText.Encode(name), null, value));
            return;
        }

        var outer = name[..dot];
        if (!_inner.TryGetValue(outer, out var tree))
        {
            tree = new FieldTree();
            _inner.Add(outer, tree);
            _members.Add((JsonEncodedText.Encode(outer), tree, null));
        }

        tree.Add(name[(dot + 1)..], value);
    }

    /// <summary>Lets the object of that name be null as a whole.</summary>
    internal void MakeOptional(string name, Func<long, bool> isNull)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            _inner[name]._isNull = isNull;
        }
        else
        {
            _inner[name[..dot]].MakeOptional(name[(dot + 1)..], isNull);
        }
    }

    internal void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        if (_isNull?.Invoke(number) == true)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, inner, value) in _members)
        {
            if (value?.IsAbsent(number) == true)
            {
                continue;
            }

            writer.WritePropertyName(name);
            inner?.Write(writer, faker, number);
            value?.Write(writer, faker, number);
        }

        writer.WriteEndObject();
    }
}
