using System.Text.Json.Nodes;
using CsCheck;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Records of one backup that collide with each other are treated like records that collide with rows.</summary>
public abstract class SentryWithinBackupSpecification(DatabaseUnderTest engine)
{
    /// <summary>All but keys, which count through a table, and what depends on the clock: a hook writes an address that no record has brought yet.</summary>
    private static readonly string[] Queries =
    [
        "SELECT username, email, is_staff, is_superuser, is_unclaimed FROM auth_user",
        "SELECT lower(email) FROM sentry_email",
        "SELECT u.username, e.email, e.is_verified FROM sentry_useremail e JOIN auth_user u ON u.id = e.user_id",
        "SELECT u.username, o.key, o.value FROM sentry_useroption o JOIN auth_user u ON u.id = o.user_id",
        "SELECT u.username, p.permission FROM sentry_userpermission p JOIN auth_user u ON u.id = p.user_id",
        "SELECT key, value FROM sentry_option",
        "SELECT key, value FROM sentry_controloption",
        "SELECT relay_id, public_key FROM sentry_relay",
        "SELECT relay_id, version, public_key FROM sentry_relayusage",
        "SELECT name, permissions FROM sentry_userrole",
    ];

    [Fact]
    [Case("sentry/merge-in-file")]
    [Case("sentry/overwrite-in-file")]
    public async Task One_backup_makes_the_same_rows_as_its_halves_one_after_the_other()
    {
        var cases =
            from first in Halves
            from second in Halves
            from scope in OneOf("User", "Organization", "Config")
            from merges in Gen.Bool
            from overwrites in Gen.Bool
            from chunkSize in OneOf(1, 3, 1_000)
            select (first, second, scope, merges, overwrites, chunkSize);
        await cases.SampleAsync(
            async sample =>
            {
                var (first, second, scopeName, merges, overwrites, chunkSize) = sample;
                var scope = SentryScopes.Parse(scopeName);
                var flags = new SentryImportFlags { MergeUsers = merges, OverwriteConfigs = overwrites && scope == SentryScopes.Config };
                var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, Flags = flags, ChunkSize = chunkSize };
                await using var whole = await engine.SentryImportAsync();
                await using var halves = await engine.SentryImportAsync();

                // A name that differs from another in case only gets a suffix, under which a later backup does not find it to merge.
                await whole.ImportAsync(Made(merges, (first, 1), (second, 100)), scope, options);
                await halves.ImportAsync(Made(merges, (first, 1)), scope, options);
                await halves.ImportAsync(Made(merges, (second, 100)), scope, options);

                foreach (var query in Queries)
                {
                    Assert.Equal(await RowsAsync(halves, query), await RowsAsync(whole, query));
                }
            },
            iter: Extent.Rounds(40),
            threads: 1);
    }

    /// <summary>As Sentry: an organization is always new, and has a user once.</summary>
    [Fact]
    [Case("sentry/merge-in-file")]
    public async Task Two_members_of_an_organization_whose_users_are_merged_are_refused()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "dup").User(2, "dup").Organization(3, "o").Member(4, 3, 1).Member(5, 3, 2);

        var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(
            records.Backup, SentryScopes.Organization, SentryImports.With(new SentryImportFlags { MergeUsers = true })));

        Assert.Equal(SentryImportErrorKind.IntegrityError, refusal.Error.Kind);
        Assert.Equal(new InstanceId(ModelLabel.Parse("sentry.organizationmember"), 2), refusal.Error.On);
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM auth_user"));
    }

    [Theory]
    [InlineData("User", 1)]
    [InlineData("Organization", 1_000)]
    [InlineData("Global", 1)]
    [InlineData("Global", 1_000)]
    public async Task Last_record_of_a_users_address_holds(string scopeName, int chunkSize)
    {
        await using var database = await engine.SentryImportAsync();
        var scope = SentryScopes.Parse(scopeName);
        var records = new SentryRecords().User(1, "ada", "ada@example.com").User(2, "bob", "ada@example.com");
        foreach (var (at, (user, hash, isVerified)) in new[] { (1, "first", false), (2, "other", false), (1, "second", false), (1, "third", true) }.Index())
        {
            records.Add("useremail", at + 1, ("user", user), ("email", "ada@example.com"), ("validation_hash", hash), ("is_verified", isVerified));
        }

        var result = await database.ImportAsync(records.Backup, scope, new SentryImportOptions { Clock = SentryImports.Options.Clock, ChunkSize = chunkSize });

        Assert.Equal(
            [KeyMappingKind.Inserted, KeyMappingKind.Inserted, KeyMappingKind.Existing, KeyMappingKind.Overwrite],
            result.Map.Of(ModelLabel.Parse("sentry.useremail")).Select(mapping => mapping.Kind));
        Assert.Equal(
            scope == SentryScopes.Global ? "ada|third\nbob|other" : "ada|made\nbob|made",
            await database.TextAsync(
                "SELECT u.username, CASE WHEN e.validation_hash IN ('first', 'other', 'second', 'third') THEN e.validation_hash ELSE 'made' END "
                + "FROM sentry_useremail e JOIN auth_user u ON u.id = e.user_id ORDER BY u.username"));
        Assert.Equal(scope == SentryScopes.Global ? "1" : "0", await database.TextAsync("SELECT count(*) FROM sentry_useremail WHERE is_verified"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Last_dates_of_a_users_network_address_hold(int chunkSize)
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "ada");
        foreach (var (at, (address, year)) in new[] { ("2001:db8::1", 2012), ("10.0.0.1", 2013), ("2001:db8:0::1", 2014), ("2001:DB8::1", 2015) }.Index())
        {
            records.Add("userip", at + 1, ("user", 1), ("ip_address", address), ("first_seen", $"{year}-04-05T00:00:00.000Z"), ("last_seen", $"{year}-05-06T00:00:00.000Z"));
        }

        var result = await database.ImportAsync(records.Backup, SentryScopes.Global, new SentryImportOptions { Clock = SentryImports.Options.Clock, ChunkSize = chunkSize });

        Assert.Equal(2, result.Map.Of(ModelLabel.Parse("sentry.userip")).Select(mapping => mapping.New).Distinct().Count());
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM sentry_userip"));
        Assert.Equal("2", await database.TextAsync(
            "SELECT count(*) FROM sentry_userip WHERE (first_seen >= '2015-04-05' AND last_seen >= '2015-05-06') OR (first_seen < '2013-04-06' AND last_seen < '2013-05-07')"));
    }

    /// <summary>Some records with few names among them.</summary>
    private static Gen<(string Model, int User, string Name, int Value)[]> Halves => Gen.Select(
        OneOf("user", "user", "email", "useremail", "useroption", "userpermission", "option", "controloption", "relay", "relayusage", "userrole"),
        Gen.Int[0, 3],
        OneOf("a", "b", "A"),
        Gen.Int[0, 9]).Array[1, 12];

    private static Backup Made(bool inSmallLetters, params ((string Model, int User, string Name, int Value)[] Half, int FirstKey)[] halves)
    {
        var records = new SentryRecords();
        foreach (var (half, firstKey) in halves)
        {
            // Each half has a user of its own, to whom its records belong.
            var users = new List<long> { firstKey };
            var permissions = new HashSet<long>();
            records.User(firstKey, "a", "a@example.com", ("is_staff", true));
            foreach (var (at, (model, of, name, value)) in half.Index())
            {
                var (key, user) = (firstKey + at + 1, users[of % users.Count]);
                switch (model)
                {
                    case "user":
                        users.Add(key);
                        records.User(key, inSmallLetters ? name.ToLowerInvariant() : name, $"{name}@{value}.example.com", ("is_superuser", value > 4));
                        break;
                    case "email":
                        records.Email(key, $"{name}@example.com");
                        break;
                    case "useremail":
                        records.UserEmail(key, user, $"{name}@example.com");
                        break;
                    case "useroption":
                        records.Add(model, key, ("user", user), ("key", name), ("value", value));
                        break;
                    case "userpermission" when permissions.Add(user):
                        records.Add(model, key, ("user", user), ("permission", "users.admin"));
                        break;
                    case "option" or "controloption":
                        records.Add(model, key, ("key", name), ("value", value));
                        break;
                    case "relay":
                        records.Add(model, key, ("relay_id", name), ("public_key", $"{value}"), ("is_internal", false));
                        break;
                    case "relayusage":
                        records.Add(model, key, ("relay_id", name), ("version", $"{value % 2}"), ("public_key", $"{value}"));
                        break;
                    case "userrole":
                        records.Add(model, key, ("name", name), ("permissions", new JsonArray($"{value}")));
                        break;
                }
            }
        }

        return records.Backup;
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.OneOf([.. values.Select(Gen.Const)]);

    private static async Task<string> RowsAsync(TestDatabase database, string query) =>
        string.Join('\n', (await database.TextAsync(query)).Split('\n').Order(StringComparer.Ordinal));
}
