using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>xUnit's own attributes without an output: nothing tells the test's name or its arguments.</summary>
public sealed class NamelessTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    [Fact]
    public Task Text_of_a_fact_without_output() => CheckAsync("plain");

    [Theory]
    [InlineData(1)]
    public Task Text_of_a_theory_without_output(int number) => CheckAsync($"{number}");

    [Theory]
    [InlineData(1)]
    public Task Named_text_of_a_theory_without_output(int number) => CheckAsync("named", new SnapshotOptions { Name = $"NamelessTests.{number}" });

    [Fact]
    public Task Text_that_another_method_compares() => CompareAsync();

    private Task CompareAsync() => CheckAsync("plain");
}
