using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// The keys of teams within invitations, which Sentry copies as they are (docs/sentry-import.md, section 2.2). An invitation into a team that is
/// not imported could become one into another team, so it is left out.
/// </summary>
internal sealed class InvitedTeamsRule(ImportSettings settings) : SentryRule(settings)
{
    /// <summary>The field that holds a list of teams.</summary>
    internal const string Field = "organization_member_team_data";

    /// <summary>The member of each that holds its key.</summary>
    internal const string Member = "id";

    public override IReadOnlyList<string> Fields { get; } = [Field];

    internal override ModelLabel Model => Labels.OrganizationMemberInvite;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (record[Field] is string json && JsonNode.Parse(json) is JsonArray teams && Follow(record, chunk.Session, teams))
            {
                record[Field] = teams.ToJsonString();
            }
        }

        return Task.CompletedTask;
    }

    /// <returns>Whether the list has changed.</returns>
    private static bool Follow(ChunkRecord record, ImportSession session, JsonArray teams)
    {
        var hasChanged = false;
        foreach (var team in teams.OfType<JsonObject>())
        {
            if (team[Member] is not JsonValue number || !number.TryGetValue<long>(out var old))
            {
                continue;
            }

            if (session.Find(Labels.Team, RecordKey.From(old)) is { } found)
            {
                team[Member] = found.New.AsInteger();
                hasChanged = true;
            }
            else
            {
                record.Drop($"Its field '{Field}' holds the key of a team that is not imported.");
            }
        }

        return hasChanged;
    }
}
