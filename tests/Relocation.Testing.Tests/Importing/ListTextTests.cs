using System.Text;
using System.Text.Json;
using CsCheck;
using Relocation.Testing.Texts;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class ListTextTests
{
    [Theory]
    [InlineData("[]", "[]")]
    [InlineData(" [ 1, 2.5, \"a\" ] ", "[1,2.5,\"a\"]")]
    [InlineData("['a', 'b']", """["a","b"]""")]
    [InlineData("['a', 'b',]", """["a","b"]""")]
    [InlineData("('a', 1)", """["a",1]""")]
    [InlineData("('a',)", """["a"]""")]
    [InlineData("[['a', [None]], True, False, -1, 1.5e3]", """[["a",[null]],true,false,-1,1.5e3]""")]
    [InlineData("[u'a', b'b']", """["a","b"]""")]
    [InlineData("""["it's", 'say "hi"']""", """["it's","say \"hi\""]""")]
    [InlineData("""['it\'s', 'a\\b', 'n\n', '\x41', '\u00e9', '\U0001F600']""", "[\"it's\",\"a\\\\b\",\"n\\n\",\"A\",\"é\",\"😀\"]")]
    [InlineData("{a,b}", """["a","b"]""")]
    [InlineData("{}", "[]")]
    [InlineData("""{a b,"c,d",NULL,{1,2}}""", """["a b","c,d",null,["1","2"]]""")]
    [InlineData("""{"say \"hi\"","back\\slash"}""", """["say \"hi\"","back\\slash"]""")]
    public void List_is_read_from_every_form(string text, string json)
    {
        var read = ListText.ToJson(Encoding.UTF8.GetBytes(text));

        Assert.NotNull(read);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(read)), Encoding.UTF8.GetString(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("'a'")]
    [InlineData("[")]
    [InlineData("['a'")]
    [InlineData("['a]")]
    [InlineData("['a' 'b']")]
    [InlineData("[a]")]
    [InlineData("['a'] x")]
    [InlineData("[']\\")]
    [InlineData("['\\x4']")]
    [InlineData("['\\ud800']")]
    [InlineData("[open('x')]")]
    [InlineData("[1, ]]")]
    [InlineData("{a")]
    [InlineData("{,}")]
    public void Text_is_refused_when_it_is_no_list(string text) => Assert.Null(ListText.ToJson(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Text_is_refused_when_it_is_nested_too_deep() =>
        Assert.Null(ListText.ToJson(Encoding.UTF8.GetBytes(new string('(', 1_000) + "1," + new string(')', 1_000))));

    [Fact]
    public void Python_list_of_any_words_comes_back()
    {
        Gen.String[Gen.Char[" abcé'\"\\\n\t,[]{}"], 0, 8].Array[0, 5].Sample(words =>
        {
            var literal = $"[{string.Join(", ", words.Select(Repr))}]";

            var read = ListText.ToJson(Encoding.UTF8.GetBytes(literal));

            Assert.True(read is not null, literal);
            Assert.Equal(words, JsonSerializer.Deserialize<string[]>(read));
        });
    }

    [Fact]
    public void Braces_of_any_words_come_back()
    {
        Gen.String[Gen.Char[" abcé'\"\\,{}"], 0, 8].Array[0, 5].Sample(words =>
        {
            var quoted = words.Select(word => $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");

            var read = ListText.ToJson(Encoding.UTF8.GetBytes($"{{{string.Join(',', quoted)}}}"));

            Assert.Equal(words, JsonSerializer.Deserialize<string[]>(read));
        });
    }

    /// <summary>A word as Python's <c>repr</c> writes it.</summary>
    private static string Repr(string word)
    {
        var quote = word.Contains('\'', StringComparison.Ordinal) && !word.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var text = new StringBuilder().Append(quote);
        foreach (var letter in word)
        {
            text.Append(letter switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when letter == quote => $"\\{letter}",
                _ => letter.ToString(),
            });
        }

        return text.Append(quote).ToString();
    }
}
