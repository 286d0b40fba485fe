using CsCheck;
using Relocation.Testing.Importing.Triggers;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class ParentsFirstTests
{
    [Fact]
    public void Records_keep_their_order_but_for_parents_that_have_not_come()
    {
        Assert.Equal([0, 1, 2], ParentsFirst.InOrder([[], [0], [1]]));
        Assert.Equal([1, 0, 3, 2, 5, 4], ParentsFirst.InOrder([[1], [], [3], [], [5], []]));
        Assert.Equal([3, 1, 0, 4, 2], ParentsFirst.InOrder([[1], [3], [4], [], []]));
    }

    [Fact]
    public void Every_record_comes_once_and_after_its_parents_unless_these_stand_in_a_ring_with_it()
    {
        Gen.Int[1, 20].SelectMany(count => Gen.Int[0, count - 1].Array[0, 3].Array[count]).Sample(parents =>
        {
            for (var rank = 0; rank < parents.Length; rank++)
            {
                parents[rank] = [.. parents[rank].Where(parent => parent != rank)];
            }

            var order = ParentsFirst.InOrder(parents);

            Assert.Equal(Enumerable.Range(0, parents.Length), order.Order());
            for (var at = 0; at < order.Length; at++)
            {
                Assert.All(parents[order[at]].Where(parent => Array.IndexOf(order, parent) > at), parent => Assert.True(Leads(parent, order[at])));
            }

            bool Leads(int from, int to)
            {
                var reached = new HashSet<int>();
                var open = new Stack<int>([from]);
                while (open.TryPop(out var next))
                {
                    foreach (var parent in reached.Add(next) ? parents[next] : [])
                    {
                        open.Push(parent);
                    }
                }

                return reached.Contains(to);
            }
        });
    }
}
