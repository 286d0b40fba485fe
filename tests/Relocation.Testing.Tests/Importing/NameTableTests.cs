using System.Text;
using CsCheck;
using Relocation.Testing.Texts;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class NameTableTests
{
    private static readonly Gen<string> Names = Gen.String[Gen.Char["abcé_"], 0, 3];

    [Fact]
    public void Table_finds_what_a_dictionary_finds_in_any_order_of_questions()
    {
        Gen.Select(Names.Array[0, 20], Names.Array[0, 60]).Sample((added, asked) =>
        {
            var table = new NameTable();
            var expected = new Dictionary<string, int>();
            for (var i = 0; i < added.Length; i++)
            {
                Assert.Equal(expected.TryAdd(added[i], i), table.TryAdd(added[i], i));
            }

            var guess = new NameGuess(table.Count);
            foreach (var name in asked.Concat(added).Concat(added))
            {
                var isThere = expected.TryGetValue(name, out var value);
                Assert.Equal(isThere, table.TryFind(Encoding.UTF8.GetBytes(name), isEscaped: false, guess, out var found));
                Assert.True(!isThere || value == found, name);
            }
        });
    }

    [Fact]
    public void Escaped_name_is_the_same_name()
    {
        var table = new NameTable();
        table.TryAdd("größe", 4);
        var guess = new NameGuess(table.Count);

        Assert.True(table.TryFind("gr\\u00f6\\u00DFe"u8, isEscaped: true, guess, out var value));
        Assert.Equal(4, value);
        Assert.False(table.TryFind("gr\\u00f6\\u00DFe"u8, isEscaped: false, guess, out _));
    }
}
