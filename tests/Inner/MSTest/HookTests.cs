using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Inner.MSTest;

/// <summary>Its own hooks run between those of the base class, and it has a property that hides the base class's.</summary>
[TestClass]
public sealed class HookTests : TagTests
{
    private int _before;

#pragma warning disable MSTEST0036 // That it works nevertheless is what is tried here.
    public new TestContext TestContext { get; set; } = null!;
#pragma warning restore MSTEST0036

    [TestInitialize]
    public async Task InitializeAsync() => _before = await Context.Tags.CountAsync();

    [TestMethod]
    public async Task Hooks_of_the_class_have_the_database()
    {
        Assert.AreEqual(2, _before);
        await Context.Tags.ExecuteDeleteAsync();
    }

    [TestCleanup]
    public async Task CleanUpAsync() => Assert.AreEqual(0, await Context.Tags.CountAsync());
}
