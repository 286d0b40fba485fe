using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class AwayTests(AwayDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<AwayDatabase>
{
    public static IEnumerable<object[]> Rows => [[3], [4]];

    [RelocationFact]
    public void Fact_without_a_server() => CreateContext().Dispose();

    [RelocationTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Theory_without_a_server(int number) => Assert.NotEqual(number, Database.Baseline.Count);

    [RelocationTheory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void Late_theory_without_a_server(int number) => Assert.NotEqual(number, Database.Baseline.Count);

    [Fact]
    public void Plain_fact_without_a_server() => CreateContext().Dispose();
}
