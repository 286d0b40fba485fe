using Relocation.Testing.Sentry.Events.Releases;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class ReleaseVersionTests
{
    [Theory]
    [InlineData("shop@1.2.3+45", "shop 1.2.3.0 [] 45 45")]
    [InlineData("org.example.App@1.0rc1+-whatever", "org.example.App 1.0.0.0 [rc1] -whatever -")]
    [InlineData("a@1.2.3.4-alpha.1", "a 1.2.3.4 [alpha.1] - -")]
    [InlineData("a@01.002", "a 1.2.0.0 [] - -")]
    [InlineData("1.2.3", "- 1.2.3.0 [] - -")]
    [InlineData("7", "- 7.0.0.0 [] - -")]
    [InlineData("@scope@2.0", "@scope 2.0.0.0 [] - -")]
    [InlineData("a@1.0+9223372036854775807", "a 1.0.0.0 [] 9223372036854775807 9223372036854775807")]
    [InlineData("a@1.0+9223372036854775808", "a 1.0.0.0 [] 9223372036854775808 -")]
    [InlineData("a@1.0+-1", "a 1.0.0.0 [] -1 -")]
    [InlineData("a@1.0+abc", "a 1.0.0.0 [] abc -")]
    [InlineData("a@9223372036854775807.0", "a 9223372036854775807.0.0.0 [] - -")]
    [Parity("addendum", "E-24")]
    public void Version_is_read_into_its_columns(string version, string columns)
    {
        var read = ReleaseVersion.Parse(version)!;

        Assert.Equal(
            columns,
            $"{read.Package ?? "-"} {read.Major}.{read.Minor}.{read.Patch}.{read.Revision} [{read.Prerelease}] {read.BuildCode ?? "-"} {read.BuildNumber?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a@1.2.3.4.5")]
    [InlineData("a@1..2")]
    [InlineData("a@1.0+")]
    [InlineData("a@1.0+b+c")]
    [InlineData("a@1.0-01")]
    [InlineData("a@1.0 beta")]
    [InlineData("a@9223372036854775808.0")]
    [InlineData("a@b@1.0")]
    [InlineData("a@123456789012")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    [Parity("addendum", "E-24")]
    public void Text_that_is_no_version_has_no_columns(string version) => Assert.Null(ReleaseVersion.Parse(version));
}
