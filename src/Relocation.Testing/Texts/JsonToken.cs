namespace Relocation.Testing.Texts;

/// <summary>What a JSON value is.</summary>
internal enum JsonToken : byte
{
    Null,
    True,
    False,
    Number,
    String,
    Object,
    Array,
}
