using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>The stars that views of older versions become: each was a tab of its user's, at a position (docs/sentry-versions.md, rule V-1).</summary>
internal static class StarredRows
{
    internal static async Task WriteAsync(ImportSettings settings, ImportSession session, CancellationToken cancellationToken)
    {
        if (!settings.Drift.StarsViews || session.Count(Labels.GroupSearchViewStarred) > 0)
        {
            return;
        }

        var rows = new List<object?[]>();
        foreach (var mapping in session.All(Labels.GroupSearchView).Where(mapping => mapping.Kind == KeyMappingKind.Inserted))
        {
            if (settings.Drift.Views.TryGetValue(mapping.Old, out var view) && view is { Position: { } position, User: { } user, Organization: { } organization }
                && session.Find(Labels.User, RecordKey.From(user)) is { } owner
                && session.Find(Labels.Organization, RecordKey.From(organization)) is { } home)
            {
                rows.Add(
                [
                    owner.New.AsInteger(), home.New.AsInteger(), mapping.New.AsInteger(), position, view.Added ?? session.Now, view.Updated ?? session.Now,
                ]);
            }
        }

        await SupportRows.InsertAsync(
            session,
            Labels.GroupSearchViewStarred,
            ["user_id", "organization", "group_search_view", "position", "date_added", "date_updated"],
            rows,
            cancellationToken).ConfigureAwait(false);
    }
}
