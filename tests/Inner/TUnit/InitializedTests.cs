using Relocation.Testing.Specification.Models.Shop;
using TUnit.Core.Interfaces;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>Fails before its database is leased, and is cleaned up nevertheless.</summary>
[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class InitializedTests(TagDatabase database) : RelocationTest<ShopContext>(database), IAsyncInitializer
{
    public Task InitializeAsync() => throw new InvalidOperationException("not initialized on purpose");

    [Test]
    public void Test_that_is_not_initialized() => CreateContext().Dispose();
}
