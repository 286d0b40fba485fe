namespace Relocation.Testing.Sentry.Rules;

/// <summary>Organizations: always new, with a slug that is neither taken nor reserved.</summary>
internal sealed class OrganizationRule(ImportSettings settings) : SentryRule(settings)
{
    private const int LongestSlug = 50;
    private const int PendingApproval = 3;

    private readonly HashSet<string> _slugs = new(StringComparer.OrdinalIgnoreCase);

    public override IReadOnlyList<string> Fields { get; } = ["slug", "name"];

    internal override ModelLabel Model => Labels.Organization;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var names = chunk.Records.Select(record => new UniqueName(
            chunk.Session.Values,
            Labels.Organization,
            record.Key,
            Slugs.OfOrganization(record["slug"] as string, record["name"] as string, LongestSlug),
            LongestSlug,
            Slugs.ReservedForOrganizations,
            mayBeDigits: false)).ToList();
        var taken = await TakenNames.FindAsync(
            chunk.Session, [Labels.Organization, Labels.OrganizationSlugReservation], "slug", names, _slugs.Contains, cancellationToken)
            .ConfigureAwait(false);
        var slugs = Settings.Slugs.Of(Labels.Organization);
        for (var i = 0; i < names.Count; i++)
        {
            var slug = names[i].Choose(candidate => _slugs.Contains(candidate) || taken.Contains(candidate));
            _slugs.Add(slug);
            chunk.Records[i]["slug"] = slug;
            slugs[chunk.Records[i].Key] = slug;
            if (Settings.Flags.HideOrganizations)
            {
                chunk.Records[i]["status"] = PendingApproval;
            }
        }
    }
}
