using CsCheck;
using Relocation.Testing.Sentry.Rules;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

public sealed class EmailShapeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a@b.co")]
    [InlineData("first.last+tag@sub.example.com")]
    [InlineData("o'neil_!#$%&*/=?^`{|}~-@example.com")]
    [InlineData("\"quoted \\\" name\"@example.com")]
    [InlineData("\"a@b\"@example.com")]
    [InlineData("a@localhost")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@[::1]")]
    [InlineData("a@bücher.example")]
    [InlineData("a@xn--bcher-kva.example")]
    [InlineData("ada")]
    [InlineData("added-by-owner")]
    public void Address_with_or_without_a_domain_or_nothing_fits(string email) => Assert.True(EmailShape.Fits(email));

    [Theory]
    [InlineData("no address")]
    [InlineData("nobody,")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("@b.co")]
    [InlineData("a@b")]
    [InlineData("a@b.c")]
    [InlineData("a@b..co")]
    [InlineData("a@.b.co")]
    [InlineData("a@b.co.")]
    [InlineData("a@-b.co")]
    [InlineData("a@b-.co")]
    [InlineData("a@b_c.co")]
    [InlineData("a@b c.co")]
    [InlineData("a b@c.co")]
    [InlineData("a@b@c.co")]
    [InlineData(".a@b.co")]
    [InlineData("a.@b.co")]
    [InlineData("a..b@c.co")]
    [InlineData("zoë@b.co")]
    [InlineData("a@[nowhere]")]
    [InlineData("a@[]")]
    [InlineData("\"@b.co")]
    [InlineData("\"a\"b\"@c.co")]
    [InlineData("\"a\\\"@b.co")]
    [InlineData("\"a\nb\"@c.co")]
    [InlineData("\"\"\"@b.co")]
    [InlineData("\"\\\\\"\"@b.co")]
    [InlineData("a@b.co\nb@c.co")]
    [InlineData("a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.co")]
    public void Anything_else_does_not(string email) => Assert.False(EmailShape.Fits(email));

    /// <summary>Whatever a backup holds, it is a matter of yes or no.</summary>
    [Fact]
    public void Any_text_is_answered() =>
        Gen.OneOf("\"\\@.[]:-ab1é \n\0\ud83d".ToCharArray()).Array[0, 12].Select(characters => new string(characters))
            .Sample(text => Assert.Null(Record.Exception(() => { EmailShape.Fits(text); })));
}
