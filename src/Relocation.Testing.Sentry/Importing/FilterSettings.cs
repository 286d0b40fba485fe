using System.Text.Json;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>Which users or organizations an import takes, and which users and addresses follow (docs/sentry-import.md, section 5.5).</summary>
internal sealed class FilterSettings
{
    private readonly IReadOnlySet<string>? _usernames;
    private readonly IReadOnlySet<string>? _slugs;

    /// <param name="usernames">The users' names, or null for all.</param>
    /// <param name="slugs">The organizations' slugs, or null for all.</param>
    internal FilterSettings(IReadOnlySet<string>? usernames, IReadOnlySet<string>? slugs)
    {
        // Whatever comparer the caller's sets have: findings and fingerprints compare the same way.
        _usernames = usernames?.ToHashSet(StringComparer.Ordinal);
        _slugs = slugs?.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The filters as text, for the fingerprint of the import.</summary>
    internal string Fingerprint => $"users {Listed(_usernames)}\norganizations {Listed(_slugs)}";

    /// <summary>The fields that are looked at.</summary>
    internal IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> Fields
    {
        get
        {
            var fields = new Dictionary<ModelLabel, IReadOnlyList<string>>();
            if (_usernames is not null || _slugs is not null)
            {
                fields.Add(Labels.User, ["username", "email"]);
                fields.Add(Labels.UserEmail, ["user", "email"]);
                fields.Add(Labels.Email, ["email"]);
            }

            if (_slugs is not null)
            {
                fields.Add(Labels.Organization, ["slug"]);
                fields.Add(Labels.OrganizationMember, ["organization", "user_id"]);
            }

            return fields;
        }
    }

    internal void Select(RecordSelection selection)
    {
        if (_slugs is not null)
        {
            selection.Expect(Labels.Organization, "slug", [.. _slugs]);
            var organizations = Keep(selection.Of(Labels.Organization), record => Is(record["slug"], _slugs), "Its slug was not asked for.");
            var members = selection.Of(Labels.OrganizationMember)
                .Where(record => record["organization"] is long key && organizations.Contains(key))
                .Select(record => record["user_id"]).OfType<long>().ToHashSet();
            SelectUsers(selection, record => members.Contains(record.Key.AsInteger()), "It is no member of an organization that was asked for.");
        }
        else if (_usernames is not null)
        {
            selection.Expect(Labels.User, "username", [.. _usernames]);
            SelectUsers(selection, record => Is(record["username"], _usernames), "Its name was not asked for.");
        }
    }

    private static void SelectUsers(RecordSelection selection, Func<SelectedRecord, bool> takes, string reason)
    {
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var users = Keep(
            selection.Of(Labels.User),
            record =>
            {
                var isTaken = takes(record);
                if (isTaken && record["email"] is string email)
                {
                    addresses.Add(email);
                }

                return isTaken;
            },
            reason);

        // Addresses belong to users by their text alone.
        addresses.UnionWith(selection.Of(Labels.UserEmail)
            .Where(record => record["user"] is long user && users.Contains(user))
            .Select(record => record["email"]).OfType<string>());
        Keep(selection.Of(Labels.Email), record => Is(record["email"], addresses), "No user who is imported has the address.");
    }

    /// <summary>Leaves out the records that are not taken, and returns the keys of those that are.</summary>
    private static HashSet<long> Keep(IEnumerable<SelectedRecord> records, Func<SelectedRecord, bool> takes, string reason)
    {
        var kept = new HashSet<long>();
        foreach (var record in records.ToList())
        {
            if (takes(record))
            {
                kept.Add(record.Key.AsInteger());
            }
            else
            {
                record.LeaveOut(reason);
            }
        }

        return kept;
    }

    private static string Listed(IReadOnlySet<string>? names) =>
        names is null ? "all" : JsonSerializer.Serialize(names.Order(StringComparer.Ordinal));

    private static bool Is(object? value, IReadOnlySet<string> wanted) => value is string text && wanted.Contains(text);
}
