using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>What xUnit calls in other orders when something went wrong.</summary>
public sealed class DisposalTests(OneDatabase database) : IClassFixture<OneDatabase>
{
    [Fact]
    public async Task Half_made_test_can_be_ended_twice()
    {
        var half = new Half(database);
        await half.DisposeAsync();
        await half.DisposeAsync();
        half.Dispose();
        half.Dispose();
    }

    // There is one database only: a test that kept it would make the next one wait without end.
    [Fact]
    public async Task Database_is_given_back_once_by_whatever_is_called_first()
    {
        for (var i = 0; i < 3; i++)
        {
            var test = new Half(database);
            await test.InitializeAsync();
            Assert.Equal(2, await test.CountAsync());
            if (i != 1)
            {
                await test.DisposeAsync();
            }

            test.Dispose();
            await test.DisposeAsync();
        }
    }

    [Fact]
    public async Task Fixture_can_be_ended_twice_and_half_made()
    {
        var half = new OneDatabase();
        await half.DisposeAsync();
        await half.DisposeAsync();
        var whole = new OneDatabase();
        await whole.InitializeAsync();
        Assert.Equal(2, whole.Database.Baseline[0].Map.Count);
        await whole.DisposeAsync();
        await whole.DisposeAsync();
    }

    private sealed class Half(OneDatabase database) : RelocationTest<ShopContext>(database)
    {
        internal Task<int> CountAsync() => Context.Tags.CountAsync();
    }
}
