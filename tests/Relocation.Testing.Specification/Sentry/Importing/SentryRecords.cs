using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Backups of a few records, made where a test needs them. What is not said takes Sentry's own default.</summary>
internal sealed class SentryRecords
{
    private readonly JsonArray _records = [];

    internal string Json => _records.ToJsonString();

    internal Backup Backup => Testing.Backup.FromJson(Json, "made");

    internal SentryRecords Add(string model, long key, params (string Name, JsonNode? Value)[] fields)
    {
        var members = new JsonObject();
        foreach (var (name, value) in fields)
        {
            members[name] = value;
        }

        _records.Add(new JsonObject { ["model"] = $"sentry.{model}", ["pk"] = key, ["fields"] = members });
        return this;
    }

    internal SentryRecords User(long key, string name, string? email = null, params (string, JsonNode?)[] more) =>
        Add("user", key, [("username", name), ("name", ""), ("email", email ?? $"{name}@example.com"), ("password", "kept"), .. more]);

    internal SentryRecords Email(long key, string email) => Add("email", key, ("email", email), ("date_added", "2020-01-01T00:00:00.000Z"));

    internal SentryRecords UserEmail(long key, long user, string email) =>
        Add("useremail", key, ("user", user), ("email", email), ("validation_hash", "old"), ("is_verified", true), ("date_hash_added", "2020-01-01T00:00:00.000Z"));

    internal SentryRecords Organization(long key, string slug, params (string, JsonNode?)[] more) =>
        Add("organization", key, [("name", slug), ("slug", slug), .. more]);

    internal SentryRecords Member(long key, long organization, long? user, params (string, JsonNode?)[] more) =>
        Add("organizationmember", key, [("organization", organization), ("user_id", user), ("role", "member"), .. more]);

    internal SentryRecords Project(long key, long organization, string slug) =>
        Add("project", key, ("organization", organization), ("slug", slug), ("name", slug));

    /// <summary>
    /// Four users: with all rights, with none, with a permission and a role alone, and with flags alone. The last three share an address.
    /// </summary>
    internal static SentryRecords FourUsers()
    {
        var records = new SentryRecords();
        (string Name, string Email, bool Flags, bool Managed)[] users =
            [("max", "max@example.com", true, false), ("min", "all@example.com", false, false), ("roles", "all@example.com", false, false), ("flags", "all@example.com", true, true)];
        for (var i = 0; i < users.Length; i++)
        {
            var (name, email, flags, managed) = users[i];
            records.User(i + 1, name, email, ("is_staff", flags), ("is_superuser", flags), ("is_managed", managed), ("is_unclaimed", false));
        }

        for (var i = 0; i < users.Length; i++)
        {
            records.Email(i + 1, users[i].Email);
        }

        for (var i = 0; i < users.Length; i++)
        {
            records.UserEmail(i + 1, i + 1, users[i].Email)
                .Add("authenticator", i + 1, ("user", i + 1), ("type", 1), ("config", "\"\""))
                .Add("useroption", i + 1, ("user", i + 1), ("key", "timezone"), ("value", "\"Europe/Vienna\""));
        }

        return records
            .Add("userpermission", 1, ("user", 1), ("permission", "users.admin"))
            .Add("userpermission", 2, ("user", 3), ("permission", "users.admin"))
            .Add("userrole", 1, ("name", "Super Admin"), ("permissions", "['users.admin']"))
            .Add("userrole", 2, ("name", "Super Admin"), ("permissions", "['users.admin']"))
            .Add("userroleuser", 1, ("user", 1), ("role", 1))
            .Add("userroleuser", 2, ("user", 3), ("role", 2));
    }
}
