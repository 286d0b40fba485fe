using Relocation.Testing.Sentry.Tasks.Steps;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Tasks;

public sealed class FailureReasonTests
{
    [Fact]
    public void Every_category_has_a_text_of_its_own_that_fits_the_column()
    {
        var texts = Enum.GetValues<FailureCategory>().Select(category => FailureReason.Of(category).Text).ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.All(texts, text => Assert.InRange(text.Length, 10, FailureReason.LongestText));
    }

    [Theory]
    [InlineData("a", 300)]
    [InlineData("\U0001F600", 300)]
    [InlineData("b\U0001F600", 300)]
    public void Reason_is_cut_to_the_column_and_no_character_in_half(string text, int times)
    {
        foreach (var category in Enum.GetValues<FailureCategory>())
        {
            var reason = FailureReason.Of(category, string.Concat(Enumerable.Repeat(text, times))).Text;

            Assert.InRange(reason.Length, 10, 256);
            Assert.Equal(reason, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(reason)));
        }
    }

    [Fact]
    public void Reason_of_exactly_the_longest_length_stays_whole()
    {
        var start = FailureReason.Of(FailureCategory.PreprocessingMissingOrganizations).Text;

        var whole = FailureReason.Of(FailureCategory.PreprocessingMissingOrganizations, new string('x', 256 - start.Length)).Text;
        var cut = FailureReason.Of(FailureCategory.PreprocessingMissingOrganizations, new string('x', 257 - start.Length)).Text;

        Assert.EndsWith("xxx", whole, StringComparison.Ordinal);
        Assert.EndsWith("x...", cut, StringComparison.Ordinal);
        Assert.Equal((256, 256), (whole.Length, cut.Length));
    }
}
