using Relocation.Testing.Backups;
using Xunit;

namespace Relocation.Testing.Tests.Importing.Deciding;

public sealed class ObserverChainTests
{
    [Fact]
    public void All_observers_see_each_record_in_their_order_and_a_single_one_needs_no_chain()
    {
        var seen = new List<string>();
        var (one, other) = (new Noting("one", seen), new Noting("other", seen));

        ObserverChain.Of(one, null, other)!.Observe(3, "{}"u8);

        Assert.Equal(["one 3", "other 3"], seen);
        Assert.Same(one, ObserverChain.Of(null, one));
        Assert.Null(ObserverChain.Of(null, null));
    }

    private sealed class Noting(string name, List<string> seen) : RecordObserver
    {
        internal override void Observe(int rank, ReadOnlySpan<byte> fields) => seen.Add($"{name} {rank}");
    }
}
