using System.Runtime.CompilerServices;

namespace Relocation.Testing.Texts;

/// <summary>Walks over the members of an object in validated JSON text, without making strings.</summary>
internal ref struct FieldReader
{
    private readonly ReadOnlySpan<byte> _json;
    private int _position;

    /// <summary>Begins before the first member.</summary>
    /// <param name="json">An object or a list, from its opening brace to its closing one.</param>
    internal FieldReader(ReadOnlySpan<byte> json)
    {
        _json = json;
        _position = 1;
    }

    /// <summary>The member's name: the bytes between the quotes.</summary>
    internal ReadOnlySpan<byte> Name { readonly get; private set; }

    internal bool NameIsEscaped { readonly get; private set; }

    internal JsonToken Kind { readonly get; private set; }

    /// <summary>The member's value: of a string the bytes between the quotes, of anything else the whole token.</summary>
    internal ReadOnlySpan<byte> Value { readonly get; private set; }

    /// <summary>Whether the value is a string with at least one backslash.</summary>
    internal bool ValueIsEscaped { readonly get; private set; }

    /// <summary>Where the name's opening quote stands within the object; negative for an element of a list, which has none.</summary>
    internal int NameStart { readonly get; private set; }

    /// <summary>Where the value's first byte, quote or brace included, stands within the object.</summary>
    internal int ValueStart { readonly get; private set; }

    /// <summary>Goes on to the next member, or returns false after the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Read()
    {
        var json = _json;
        var position = JsonBytes.SkipWhitespace(json, _position);
        if (json[position] == (byte)',')
        {
            position = JsonBytes.SkipWhitespace(json, position + 1);
        }

        if (json[position] == (byte)'}')
        {
            return false;
        }

        NameStart = position;
        var end = JsonText.EndOfString(json, position, out var nameIsEscaped);
        Name = json[(position + 1)..(end - 1)];
        NameIsEscaped = nameIsEscaped;
        // The colon.
        position = JsonBytes.SkipWhitespace(json, end) + 1;
        ReadValue(json, JsonBytes.SkipWhitespace(json, position));
        return true;
    }

    /// <summary>Goes on to the next element, where what is read is a list, or returns false after the last one.</summary>
    internal bool ReadElement()
    {
        var position = JsonBytes.SkipWhitespace(_json, _position);
        if (_json[position] == (byte)',')
        {
            position = JsonBytes.SkipWhitespace(_json, position + 1);
        }

        if (_json[position] == (byte)']')
        {
            return false;
        }

        NameStart = -1;
        ReadValue(_json, position);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadValue(ReadOnlySpan<byte> json, int position)
    {
        int end;
        ValueStart = position;
        Kind = JsonText.TokenOf(json[position]);
        if (Kind == JsonToken.String)
        {
            end = JsonText.EndOfString(json, position, out var valueIsEscaped);
            Value = json[(position + 1)..(end - 1)];
            ValueIsEscaped = valueIsEscaped;
        }
        else
        {
            end = Kind is JsonToken.Object or JsonToken.Array ? EndOfContainer(json, position) : JsonText.EndOfScalar(json, position);
            Value = json[position..end];
            ValueIsEscaped = false;
        }

        _position = end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EndOfContainer(ReadOnlySpan<byte> json, int position)
    {
        var depth = 0;
        while (true)
        {
            switch (json[position])
            {
                case (byte)'"':
                    position = JsonText.EndOfString(json, position, out _);
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth == 0:
                    return position + 1;
            }

            position++;
        }
    }
}
