using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Records;

/// <summary>Notes which type records of a hierarchy name in their fields.</summary>
internal sealed class TypeFacts
{
    internal const byte Unknown = byte.MaxValue;

    private readonly byte[] _name;
    private readonly string _member;
    private readonly List<byte> _types = [];
    private readonly Dictionary<string, byte> _byJson = new(StringComparer.Ordinal);

    internal TypeFacts(RelocationEntity entity)
    {
        _member = entity.TypeField!;
        _name = Encoding.UTF8.GetBytes(_member);
        for (var type = 0; type < entity.Types.Count; type++)
        {
            foreach (var json in entity.Types[type].OtherDiscriminators.Prepend(entity.Types[type].Discriminator))
            {
                _byJson.TryAdd(json, (byte)type);
            }
        }
    }

    /// <summary>The type that the record names, or <see cref="Unknown"/>.</summary>
    internal byte this[int rank] => _types[rank];

    internal void Observe(ReadOnlySpan<byte> fields)
    {
        var type = Unknown;
        var reader = new FieldReader(fields);
        while (reader.Read())
        {
            if (reader.NameIsEscaped ? JsonText.ToText(reader.Name) == _member : reader.Name.SequenceEqual(_name))
            {
                var text = Encoding.UTF8.GetString(reader.Value);
                type = _byJson.GetValueOrDefault(reader.Kind == JsonToken.String ? $"\"{text}\"" : text, Unknown);
            }
        }

        _types.Add(type);
    }
}
