using CsCheck;
using Relocation.Testing.Importing.Records;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class LongIndexTests
{
    private static readonly Gen<long> Keys = Gen.OneOf(Gen.Long[-5, 40], Gen.Long, Gen.Const(long.MinValue), Gen.Const(long.MaxValue));

    [Fact]
    public void Index_finds_what_a_dictionary_finds()
    {
        Gen.Select(Keys.Array[0, 60], Keys.Array[20]).Sample((drawn, asked) =>
        {
            var keys = drawn.Distinct().ToArray();
            var expected = keys.Select((key, rank) => (key, rank)).ToDictionary(pair => pair.key, pair => pair.rank);
            var index = new LongIndex(keys);

            foreach (var key in keys.Concat(asked))
            {
                Assert.Equal(expected.TryGetValue(key, out var rank), index.TryFind(key, out var found));
                Assert.True(!expected.ContainsKey(key) || rank == found);
            }
        });
    }

    [Fact]
    public void Index_finds_what_a_dictionary_finds_when_keys_are_one_run()
    {
        var starts = Gen.OneOf(Gen.Long[-100, 100], Gen.Const(long.MinValue), Gen.Const(long.MaxValue - 50));
        Gen.Select(starts, Gen.Int[1, 50], Keys.Array[20]).Sample((first, count, asked) =>
        {
            var index = new LongIndex([.. Enumerable.Range(0, count).Select(step => first + step)]);

            foreach (var key in asked.Append(first).Append(first + count - 1).Append(unchecked(first - 1)).Append(unchecked(first + count)))
            {
                var isThere = key >= first && (ulong)unchecked(key - first) < (ulong)count;
                Assert.Equal(isThere, index.TryFind(key, out var rank));
                Assert.Equal(isThere ? key - first : -1, rank);
            }
        });
    }

    [Fact]
    public void Run_does_not_go_round_the_ends_of_the_numbers()
    {
        var index = new LongIndex([long.MaxValue, long.MinValue]);

        Assert.True(index.TryFind(long.MinValue, out var rank));
        Assert.Equal(1, rank);
        Assert.False(index.TryFind(0, out _));
    }
}
