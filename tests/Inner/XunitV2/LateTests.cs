using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>Rows that xUnit learns only when the theory runs.</summary>
public sealed class LateTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    public static IEnumerable<object[]> Rows => [[1], [2]];

    [RelocationTheory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public Task Row_that_is_known_late(int number) => CheckAsync($"late {number}");
}
