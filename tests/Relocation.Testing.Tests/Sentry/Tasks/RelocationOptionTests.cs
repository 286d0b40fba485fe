using Xunit;

namespace Relocation.Testing.Tests.Sentry.Tasks;

public sealed class RelocationOptionTests
{
    [Fact]
    public void Defaults_are_those_that_are_documented()
    {
        var options = new RelocationTaskOptions { Storage = RelocationStorage.InFolder("none") };

        Assert.Equal((SentryModel.Head, false, false, true), (options.Version, options.AllowPlainJson, options.IsResumable, options.WaitsBetweenAttempts));
        Assert.Equal((null, null, null, null), (options.Decryptor, options.Encryptor, options.AutopauseAt, options.Progress));
        Assert.Equal((null, null, null, null), (options.Send, options.Relocated, options.FailAt, options.ScratchTarget));
        Assert.Equal((TimeSpan.FromMinutes(15), TimeProvider.System), (options.LeaseTime, options.Clock));
        Assert.Equal(
            new RelocationLimits { FileBytes = 2_147_483_648, Organizations = 20, Users = 2_000, SmallPerDay = null, MediumPerDay = null, LargePerDay = null },
            options.Limits);
    }

    [Fact]
    public void Message_does_not_show_what_is_secret()
    {
        var message = new RelocationMessage(Guid.Empty, RelocationMessageKind.Claim, 7, """{"hash": "s3cret"}""", DateTimeOffset.UnixEpoch, null);

        Assert.DoesNotContain("s3cret", message.ToString(), StringComparison.Ordinal);
        Assert.Contains("user 7", message.ToString(), StringComparison.Ordinal);
    }
}
