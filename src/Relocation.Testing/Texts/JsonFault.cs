namespace Relocation.Testing.Texts;

/// <summary>Why a text is no JSON.</summary>
internal enum JsonFault
{
    None,
    NotJson,
    ValueExpected,
    NameExpected,
    ColonExpected,
    CommaOrEndExpected,
    BadLiteral,
    BadNumber,
    BadEscape,
    LoneSurrogate,
    ControlCharacter,
    NotUtf8,
    NotUtf8ButUtf16,
    TextAfterArray,
}
