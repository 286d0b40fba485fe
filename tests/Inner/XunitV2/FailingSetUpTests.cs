using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>xUnit calls Dispose alone after a set-up that failed. The database must be given back nevertheless, since there is one only.</summary>
public sealed class FailingSetUpTests(OneDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<OneDatabase>
{
    private static int _count;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Interlocked.Increment(ref _count) > 1)
        {
            return;
        }

        Context.Add(new Tag { Name = "left by a set-up" });
        await Context.SaveChangesAsync();
        throw new InvalidOperationException("the set-up fails on purpose");
    }

    [RelocationTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Set_up_that_fails_the_first_time(int number) => Assert.Equal(2, await Context.Tags.Where(tag => tag.Id != -number).CountAsync());
}
