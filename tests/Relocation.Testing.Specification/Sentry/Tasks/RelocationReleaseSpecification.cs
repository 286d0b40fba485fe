using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>
/// Each release snapshot can be relocated: both its organizations, for an owner who is in the target and not in the file.
/// </summary>
public abstract class RelocationReleaseSpecification(DatabaseUnderTest engine)
{
    public static TheoryData<string, string> Releases => [.. SentryReleases.All.Select(release => (release.Name, release.Version))];

    [Theory]
    [MemberData(nameof(Releases))]
    [Parity("addendum", "C-5")]
    public async Task Release_snapshot_is_relocated_with_the_approved_map(string name, string version)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, version);
        await trial.StartAsync(SentryReleases.Open(name), SlugsOf(name));

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.Status} at {state.LatestTask}: {state.FailureReason}");
        Assert.Equal(RelocationStep.Completed, state.Step);
        Assert.Equal(RelocationValidationStatus.Valid, state.Validation);
        await ApprovedSnapshot.CheckFileAsync(
            await trial.MapAsync(), Repository.Golden($"sentry/relocation.{name}"), cancellationToken: RelocationTrial.Cancel);
        Assert.Equal(
            "0|owner\n0|owner",
            await trial.TextAsync(
                "SELECT o.status, m.role FROM sentry_organization o JOIN sentry_organizationmember m ON m.organization_id = o.id "
                + "JOIN auth_user u ON u.id = m.user_id WHERE u.username = 'boss' ORDER BY o.id"));
    }

    private static string[] SlugsOf(string name) =>
    [
        .. SentryImports.Records(SentryReleases.PathOf(name)).OfType<JsonObject>()
            .Where(record => (string?)record["model"] == "sentry.organization").Select(record => (string)record["fields"]!["slug"]!),
    ];
}
