namespace Relocation.Testing.Sentry.Rules;

/// <summary>Projects and teams: a slug that is unique in the organization. Organizations are new, and so are their rows.</summary>
internal sealed class MemberSlugRule(ImportSettings settings, ModelLabel model) : SentryRule(settings)
{
    private readonly HashSet<(object? Organization, string Slug)> _slugs = [];

    public override IReadOnlyList<string> Fields { get; } = ["organization", "slug", "name"];

    internal override ModelLabel Model => model;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        // Only an import in several parts finds rows of its own here.
        var rows = await chunk.FindRowsAsync(["organization", "slug"], ignoreCase: true, cancellationToken).ConfigureAwait(false);
        var slugs = Settings.Slugs.Of(model);
        var longest = chunk.Model.Fields.First(field => field.Name == "slug").MaxLength ?? int.MaxValue;
        for (var i = 0; i < rows.Count; i++)
        {
            var record = chunk.Records[i];
            var organization = record["organization"];
            var own = record["slug"] as string;
            var name = new UniqueName(
                chunk.Session.Values,
                model,
                record.Key,
                Slugs.OfMember(own, record["name"] as string, longest),
                longest,
                Slugs.ReservedForProjects,
                mayBeDigits: false);
            var isTaken = rows[i] is not null;
            var slug = name.Choose(candidate =>
                (isTaken && candidate == name.Base) || _slugs.Contains((organization, Folded(candidate))));
            _slugs.Add((organization, Folded(slug)));
            if (slug != own)
            {
                record["slug"] = slug;
            }

            slugs[record.Key] = slug;
        }
    }

    private static string Folded(string slug) => slug.ToLowerInvariant();
}
