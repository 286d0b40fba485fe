using CsCheck;
using Relocation.Testing.Engines;
using Xunit;

namespace Relocation.Testing.Tests.Databases;

public sealed class TestDatabaseGuardTests
{
    [Theory]
    [InlineData("test")]
    [InlineData("TESTS")]
    [InlineData("shop_test")]
    [InlineData("ShopTests")]
    [InlineData("shopTest2")]
    [InlineData("test-7")]
    [InlineData("test7")]
    [InlineData("my.test.db")]
    [InlineData("my test")]
    [InlineData("ABTestRun")]
    [InlineData("TestDB")]
    public void A_name_passes_when_test_is_a_word_of_it(string name) => Assert.True(TestDatabaseGuard.IsTestName(name));

    [Theory]
    [InlineData("")]
    [InlineData("contest")]
    [InlineData("latest")]
    [InlineData("Latest")]
    [InlineData("greatest")]
    [InlineData("attestation")]
    [InlineData("testament")]
    [InlineData("pytest")]
    [InlineData("TESTDB")]
    [InlineData("testing")]
    [InlineData("tes_t")]
    [InlineData("shop")]
    [InlineData("été_testé")]
    public void A_name_is_refused_when_test_is_no_word_of_it(string name) => Assert.False(TestDatabaseGuard.IsTestName(name));

    [Fact]
    public void Words_decide_and_nothing_around_them()
    {
        string[] words = ["shop", "test", "tests", "latest", "contest", "7", "x"];
        string[] separators = ["_", "-", ".", " ", "7", "$"];
        var parts = Gen.Int[0, words.Length - 1].Select(i => words[i]).List[1, 5];
        Gen.Select(parts, Gen.Int[0, separators.Length - 1].Select(i => separators[i])).Sample((parts, separator) =>
            TestDatabaseGuard.IsTestName(string.Join(separator, parts)) == parts.Exists(part => part is "test" or "tests"));
    }
}
