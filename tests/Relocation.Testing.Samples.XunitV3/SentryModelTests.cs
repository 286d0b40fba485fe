namespace Relocation.Testing.Samples.XunitV3;

public sealed class SentryModelTests
{
    [Fact]
    public void Versions_have_names_of_their_own()
    {
        // begin-snippet: sentry-model
        var model = SentryModel.Create(SqliteEngine.Instance);                  // sentry@head
        var older = SentryModel.Create(PostgreSqlEngine.Instance, "24.7.0");    // sentry@24.7.0
        var scope = SentryScopes.Organization;                                  // or SentryScopes.Parse("organization")
        // end-snippet

        Assert.Equal("sentry@head", model.Name);
        Assert.Equal("sentry@24.7.0", older.Name);
        Assert.Equal(SentryScopes.Parse("organization"), scope);
    }
}
