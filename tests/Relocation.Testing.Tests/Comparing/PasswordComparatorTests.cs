using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

public sealed class PasswordComparatorTests
{
    private const string Early = "\"2023-06-22T23:00:00.123Z\"";
    private const string Late = "\"2023-06-23T23:00:00.123Z\"";

    private static readonly UserPasswordObfuscatingComparator Comparator = new();

    [Fact]
    [Parity("12.7", "Password: claimed")]
    [Parity("12.7", "Password: claimed never changed")]
    [Parity("12.7", "Password: bad claimed changed")]
    public void Claimed_account_keeps_its_password()
    {
        Assert.Empty(Comparator.Compare(User("a", Early, false, false), User("a", Early, false, false)));
        Assert.Empty(Comparator.Compare(User("a", "null", false, false), "\"password\": \"a\", \"is_unclaimed\": false"));
        Assert.Equal(
            [("UserPasswordObfuscatingComparator", "the left value (\"...\") of `password` was not equal to the right value (\"...\")")],
            Comparator.Compare(User("a", Early, false, false), User("b", Early, false, false)));
    }

    [Fact]
    [Parity("12.7", "Password: newly unclaimed")]
    [Parity("12.7", "Password: newly unclaimed never changed")]
    [Parity("12.7", "Password: already unclaimed")]
    public void Unclaimed_account_gets_another_password()
    {
        Assert.Empty(Comparator.Compare(User("a", Early, false, false), User("b", Late, true, false)));
        Assert.Empty(Comparator.Compare("\"password\": \"a\"", User("b", "null", true, false)));
        Assert.Empty(Comparator.Compare(User("a", Early, true, true), User("b", Late, true, false)));
    }

    [Fact]
    [Parity("12.7", "Password: bad newly unclaimed unchanged")]
    [Parity("12.7", "Password: bad already unclaimed unchanged")]
    [Parity("12.7", "Password: bad impossible newly claimed")]
    [Parity("12.7", "Password: bad last change nulled")]
    [Parity("12.7", "Password: bad still expired")]
    public void What_an_import_does_not_do_to_accounts_is_found()
    {
        Assert.Contains("was equal", Reason(User("a", Early, false, false), User("a", Late, true, false)), StringComparison.Ordinal);
        Assert.Contains("was equal", Reason(User("a", Early, true, false), User("a", Early, true, false)), StringComparison.Ordinal);
        Assert.Contains("was unclaimed", Reason(User("a", Early, true, false), User("a", Early, false, false)), StringComparison.Ordinal);
        Assert.Contains("was later", Reason(User("a", Early, false, false), User("b", "null", true, false)), StringComparison.Ordinal);
        Assert.Contains("is expired", Reason(User("a", Early, false, true), User("b", Late, true, true)), StringComparison.Ordinal);
        Assert.Contains("is expired", Reason(User("a", Early, false, false), User("b", Late, true, true)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(88, "aaaaaaaaaaaa...aaaaaa")]
    [InlineData(44, "aaaaaa...aaaa")]
    [InlineData(40, "...")]
    [Parity("12.7", "Password: scrubbed")]
    public void Scrubbed_password_shows_as_little_as_its_length_allows(int length, string shown)
    {
        Assert.Equal(shown, Comparator.ScrubbedOf($"\"password\": \"{new string('a', length)}\"")["UserPasswordObfuscatingComparator::password"]);
    }

    private static string Reason(string left, string right) => Assert.Single(Comparator.Compare(left, right)).Reason;

    private static string User(string password, string changed, bool isUnclaimed, bool isExpired) =>
        $"\"password\": \"{password}\", \"last_password_change\": {changed}, \"is_unclaimed\": {Json(isUnclaimed)}, \"is_password_expired\": {Json(isExpired)}";

    private static string Json(bool value) => value ? "true" : "false";
}
