using System.Globalization;
using Relocation.Testing.Sanitizing.Choosing;
using Relocation.Testing.Sanitizing.Replacing;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing;

/// <summary>Finds the person that a record belongs to, over as many records as lie between.</summary>
/// <remarks>Kept are hashes of the records in between: an order's, and that of the customer it belongs to.</remarks>
internal sealed class Persons
{
    /// <summary>More records than this are never between a record and its person; data may go in circles.</summary>
    private const int MostBetween = 64;

    private readonly Dictionary<ulong, ulong> _owners = [];

    /// <summary>Remembers which record a record belongs to.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="key">Its key.</param>
    /// <param name="ofFields">What <see cref="HashOf(PersonReference, ReadOnlySpan{byte}, SanitizedNode)"/> made of its fields.</param>
    internal void Add(SanitizedModel model, RecordKey key, ulong? ofFields)
    {
        if (Owner(model, key, ofFields) is { } owner)
        {
            _owners[HashOf(model.Label, key)] = owner;
        }
    }

    /// <summary>A number that stands for the person that a record belongs to; for the record itself where it belongs to none.</summary>
    internal ulong Find(SanitizedModel model, RecordKey key, ReadOnlySpan<byte> fields)
    {
        var person = model.Person is { Target: not null } reference
            ? Owner(model, key, HashOf(reference, fields, model.Fields)) ?? HashOf(model.Label, key)
            : HashOf(model.Label, key);
        for (var times = 0; times < MostBetween && _owners.TryGetValue(person, out var next); times++)
        {
            person = next;
        }

        return person;
    }

    /// <summary>What the fields of a record say of the key that it refers to; null when they say nothing.</summary>
    internal static ulong? HashOf(PersonReference reference, ReadOnlySpan<byte> fields, SanitizedNode root)
    {
        var (hash, left) = (0UL, reference.Parts.Count(part => part.Field is not null));
        if (left == 0)
        {
            return 0;
        }

        var reader = new FieldReader(fields);
        while (left > 0 && reader.Read())
        {
            if (root.Find(reader.Name, reader.NameIsEscaped) is not { } member)
            {
                continue;
            }

            for (var part = 0; part < reference.Parts.Count; part++)
            {
                if (reference.Parts[part].Field != member)
                {
                    continue;
                }

                if (reader.Kind is not (JsonToken.String or JsonToken.Number))
                {
                    return null;
                }

                hash += HashOf(reader.Value, reader.Kind) * Weight(part);
                left--;
            }
        }

        return left == 0 ? hash : null;
    }

    private static ulong? Owner(SanitizedModel model, RecordKey key, ulong? ofFields)
    {
        if (model.Person is not { Target: { } target } reference || ofFields is not { } hash)
        {
            return null;
        }

        for (var part = 0; part < reference.Parts.Count; part++)
        {
            if (reference.Parts[part] is { Field: null, KeyPart: var position } && position < key.PartCount)
            {
                hash += HashOf(key.Part(position)) * Weight(part);
            }
        }

        return Mix(hash ^ TextHash.Of(target.Value, fold: false));
    }

    private static ulong HashOf(ModelLabel model, RecordKey key)
    {
        var hash = 0UL;
        for (var part = 0; part < key.PartCount; part++)
        {
            hash += HashOf(key.Part(part)) * Weight(part);
        }

        return Mix(hash ^ TextHash.Of(model.Value, fold: false));
    }

    private static ulong HashOf(RecordKey part) => part.Kind switch
    {
        RecordKeyKind.Integer => Mix((ulong)part.AsInteger()),
        RecordKeyKind.Guid => HashOf(part.AsGuid().ToString("D")),
        _ => HashOf(part.AsText()),
    };

    private static ulong HashOf(ReadOnlySpan<byte> value, JsonToken kind) =>
        JsonText.TryReadInteger(value, out var number) ? Mix((ulong)number) : HashOf(kind == JsonToken.String ? JsonText.ToText(value) : "number");

    /// <summary>A key may be written as a number or as text.</summary>
    private static ulong HashOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Mix((ulong)number) : TextHash.Of(text, fold: true);

    private static ulong Weight(int part) => (2UL * (uint)part) + 3;

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
