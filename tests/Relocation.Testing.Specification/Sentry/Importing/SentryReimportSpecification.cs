using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>The same backup again: whatever can collide does, and each choice gives the approved map.</summary>
public abstract class SentryReimportSpecification(DatabaseUnderTest engine)
{
    private const string Version = "24.7.0";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Organization", false, false)]
    [InlineData("Organization", true, false)]
    [InlineData("Config", false, false)]
    [InlineData("Config", true, false)]
    [InlineData("Config", false, true)]
    [InlineData("Config", true, true)]
    public async Task Backup_that_is_there_already_gives_the_approved_map(string scopeName, bool merges, bool overwrites)
    {
        await using var database = await engine.SentryImportAsync(Version);
        var backup = Backup.FromFile(Repository.Fixture("sentry", "organization.json"));
        await database.ImportAsync(backup, SentryScopes.Global, Options(new SentryImportFlags()));
        var flags = new SentryImportFlags { MergeUsers = merges, OverwriteConfigs = overwrites };

        var result = await database.ImportAsync(backup, SentryScopes.Parse(scopeName), Options(flags));

        var name = $"sentry/again.{scopeName}{(merges ? ".merge" : string.Empty)}{(overwrites ? ".overwrite" : string.Empty)}";
        await ApprovedSnapshot.CheckFileAsync(result.Map, Repository.Golden(name), cancellationToken: Cancel);
        Assert.All(result.Records.Dropped, drop => Assert.True(drop.Causes.Count > 0 || drop.Rule is not null));

        // A third time everything that was made for the second is taken too.
        var third = await database.ImportAsync(backup, SentryScopes.Parse(scopeName), Options(flags));
        Assert.Equal(result.Map.Count, third.Map.Count);
    }

    [Fact]
    public async Task Questions_to_the_database_are_as_many_for_a_hundred_records_as_for_ten()
    {
        var searches = new List<int>();
        foreach (var copies in new[] { 10, 100 })
        {
            await using var database = await engine.SentryImportAsync();
            await database.ImportAsync(Many(copies).Backup, SentryScopes.Organization);
            var counting = new CountingEngine(database.Engine);
            var import = new SentryImport(counting, new SentryImportOptions { Clock = SentryImports.Options.Clock, UrlPrefix = "https://sentry.example.com" });
            await using var connection = await database.OpenConnectionAsync(Cancel);

            await import.ImportInOrganizationScopeAsync(connection, Many(copies).Backup, null, Cancel);

            searches.Add(counting.Searches);
        }

        Assert.Equal(searches[0], searches[1]);
    }

    private static SentryRecords Many(int copies)
    {
        var records = new SentryRecords();
        for (var i = 1; i <= copies; i++)
        {
            records.User(i, $"user{i}").Email(i, $"user{i}@example.com").UserEmail(i, i, $"user{i}@example.com")
                .Organization(i, $"org{i}").Member(i, i, i, ("token", $"token{i}")).Project(i, i, "api")
                .Add("projectkey", i, ("project", i), ("public_key", $"{i:x32}"), ("secret_key", $"{i:x32}"))
                .Add("team", i, ("organization", i), ("slug", "t"), ("name", "t"))
                .Add("orgauthtoken", i, ("organization_id", i), ("token_hashed", $"hash{i}"), ("name", "t"))
                .Add("monitor", i, ("organization_id", i), ("project_id", i), ("slug", "m"), ("name", "m"), ("guid", JsonValue.Create(new Guid(i, 0, 0, new byte[8]))));
        }

        return records;
    }

    private static SentryImportOptions Options(SentryImportFlags flags) => new()
    {
        Clock = SentryImports.Options.Clock,
        Version = Version,
        Flags = flags,
        UrlPrefix = "https://sentry.example.com",
    };
}
