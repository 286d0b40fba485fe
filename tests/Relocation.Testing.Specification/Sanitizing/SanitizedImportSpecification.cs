using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Models;
using Relocation.Testing.Specification.Models.Accounts;

namespace Relocation.Testing.Specification.Sanitizing;

/// <summary>What is sanitised still imports, record by record as the original does, and comes back from the database as it went in.</summary>
public abstract class SanitizedImportSpecification(DatabaseUnderTest engine)
{
    private static readonly string[] Locales = ["en", "de", "ja", "ru", "ar"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sanitised_backup_of_a_context_arrives_whole_and_comes_back_equal()
    {
        await using var database = await engine.ShopAsync();
        var rules = SanitizeRules.Default(database.Model);
        await CheckAsync(database, rules, 15);
    }

    [Fact]
    public async Task Sanitised_backup_of_sentry_arrives_whole_and_comes_back_equal()
    {
        await using var database = await engine.SentryAsync();
        var rules = SentrySanitizing.Rules(database.Model);
        await CheckAsync(database, rules, 4);
    }

    [Fact]
    public async Task Sanitised_real_backups_arrive_whole()
    {
        await using var database = await engine.SentryAsync();
        var rules = SentrySanitizing.Rules(database.Model);
        foreach (var file in Directory.GetFiles(Repository.Shared("data", "sentry", "releases"), "*.json").Order(StringComparer.Ordinal))
        {
            await ImportAsync(database, rules, await File.ReadAllTextAsync(file, Cancel));
        }
    }

    [Fact]
    public async Task Sanitised_backups_of_every_mapping_arrive_whole()
    {
        await using var database = await engine.EverythingAsync();
        var rules = SanitizeRules.Default(database.Model);
        for (var seed = 0; seed < 5; seed++)
        {
            await ImportAsync(database, rules, await File.ReadAllTextAsync(Repository.Fixture("everything", "complete.json"), Cancel), $"{seed}");
        }

        await CheckAsync(database, rules, 5);
    }

    [Theory]
    [InlineData("complete.json")]
    [InlineData("types.json")]
    public async Task Sanitised_backups_of_the_shop_arrive_whole(string file)
    {
        await using var database = await engine.ShopAsync();
        var rules = SanitizeRules.Default(database.Model);
        for (var seed = 0; seed < 5; seed++)
        {
            await ImportAsync(database, rules, await File.ReadAllTextAsync(Repository.Fixture("shop", file), Cancel), $"{seed}");
        }
    }

    [Fact]
    [Case("sanitize-unruled")]
    public async Task Identity_comes_out_clean_and_works_together()
    {
        await using var database = await AccountsAsync();
        var rules = SanitizeRules.Default(database.Model);
        for (var seed = 0; seed < 5; seed++)
        {
            await ImportAsync(database, rules, IdentityBackup, $"{seed}", keysStay: false);

            await using var context = database.CreateContext();
            var users = await context.Users.OrderBy(user => user.AccessFailedCount).ToListAsync(Cancel);
            Assert.All(users, user => Assert.Equal((user.UserName!.ToUpperInvariant(), user.Email!.ToUpperInvariant()), (user.NormalizedUserName, user.NormalizedEmail)));
            Assert.Equal(users[0].Email, users[0].UserName);
            Assert.All(users, user => Assert.EndsWith(".example", user.Email, StringComparison.Ordinal));
            var all = string.Join(' ', users.Select(user => $"{user.Email} {user.UserName} {user.PasswordHash} {user.SecurityStamp} {user.ConcurrencyStamp} {user.PhoneNumber}"));
            Assert.All(["ada", "grace", "AQAAAAIAAYag", "JBSWY3DP", "9f0e1d2c", "170 1234567"], value => Assert.DoesNotContain(value, all, StringComparison.OrdinalIgnoreCase));
            var hash = Convert.FromBase64String(users[0].PasswordHash!);
            Assert.Equal(61, hash.Length);
            Assert.NotEqual("1029384756", (await context.UserLogins.SingleAsync(Cancel)).ProviderKey);
            Assert.Equal("Google", (await context.UserLogins.SingleAsync(Cancel)).LoginProvider);
            Assert.NotEqual("Ada Lovelace", (await context.UserClaims.SingleAsync(Cancel)).ClaimValue);
            Assert.NotEqual("LQWERTYUIOPASDFGHJKL", (await context.UserTokens.SingleAsync(Cancel)).Value);
            Assert.Equal(("Admin", "ADMIN"), await context.Roles.Select(role => new ValueTuple<string?, string?>(role.Name, role.NormalizedName)).SingleAsync(Cancel));
            Assert.Equal(1, await context.UserRoles.CountAsync(role => role.UserId == users[0].Id, Cancel));
        }
    }

    [Fact]
    [Case("sanitize-unruled")]
    public async Task Value_that_stays_is_a_leak_where_its_field_has_a_rule_and_kept_where_it_has_none()
    {
        await using var shop = await engine.ShopAsync();
        await using var everything = await engine.EverythingAsync();
        await using var accounts = await AccountsAsync();

        var ofShop = await PlantedValues.CheckAsync(shop.Model, await File.ReadAllTextAsync(Repository.Fixture("shop", "complete.json"), Cancel));
        var ofEverything = await PlantedValues.CheckAsync(everything.Model, await File.ReadAllTextAsync(Repository.Fixture("everything", "complete.json"), Cancel));
        var ofAccounts = await PlantedValues.CheckAsync(accounts.Model, IdentityBackup);

        Assert.True(ofShop is { Ruled: > 10, Unruled: > 5 }, $"{ofShop}");
        Assert.True(ofEverything is { Ruled: > 10, Unruled: > 10 }, $"{ofEverything}");
        Assert.True(ofAccounts is { Ruled: > 8, Unruled: > 1 }, $"{ofAccounts}");
    }

    private const string IdentityBackup = """
        [
          {"model": "accounts.identityrole", "pk": "r1", "fields": {"name": "Admin", "normalized_name": "ADMIN", "concurrency_stamp": "1d2c3b4a-0000-4000-8000-000000000001"}},
          {"model": "accounts.identityuser", "pk": "8d7c6b5a-0000-4000-8000-000000000001", "fields": {"user_name": "ada@lovelace.org", "normalized_user_name": "ADA@LOVELACE.ORG",
            "email": "ada@lovelace.org", "normalized_email": "ADA@LOVELACE.ORG", "email_confirmed": true, "password_hash": "AQAAAAIAAYagAAAAEJ4kF1m0q2w3e4r5t6y7u8i9o0pAsDfGhJkLzXcVbNmQwErTyUiOpAsDfGhJkLzXcA==",
            "security_stamp": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "concurrency_stamp": "9f0e1d2c-0000-4000-8000-000000000001", "phone_number": "+49 170 1234567", "phone_number_confirmed": false,
            "two_factor_enabled": true, "lockout_end": "2024-03-01T09:00:00+00:00", "lockout_enabled": true, "access_failed_count": 1}},
          {"model": "accounts.identityuser", "pk": "8d7c6b5a-0000-4000-8000-000000000002", "fields": {"user_name": "grace", "normalized_user_name": "GRACE",
            "email": "Grace@Hopper.org", "normalized_email": "GRACE@HOPPER.ORG", "email_confirmed": true, "password_hash": null, "security_stamp": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ",
            "concurrency_stamp": "9f0e1d2c-0000-4000-8000-000000000002", "phone_number": null, "phone_number_confirmed": false, "two_factor_enabled": false, "lockout_end": null,
            "lockout_enabled": true, "access_failed_count": 2}},
          {"model": "accounts.identityuserclaim", "pk": 1, "fields": {"user_id": "8d7c6b5a-0000-4000-8000-000000000001", "claim_type": "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "claim_value": "Ada Lovelace"}},
          {"model": "accounts.identityuserlogin", "pk": ["Google", "1029384756"], "fields": {"provider_display_name": "Google", "user_id": "8d7c6b5a-0000-4000-8000-000000000001"}},
          {"model": "accounts.identityusertoken", "pk": ["8d7c6b5a-0000-4000-8000-000000000001", "[AspNetUserStore]", "AuthenticatorKey"], "fields": {"value": "LQWERTYUIOPASDFGHJKL"}},
          {"model": "accounts.identityuserrole", "pk": ["8d7c6b5a-0000-4000-8000-000000000001", "r1"], "fields": {}}
        ]
        """;

    private Task<TestDatabase<AccountsContext>> AccountsAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<AccountsContext> { Target = engine.Target, CreateContext = options => new AccountsContext(options) }, Cancel);

    /// <summary>Checks backups that are the same on every run: among enough of them, a value may become another's by chance.</summary>
    private static async Task CheckAsync(TestDatabase database, SanitizeRules rules, int count)
    {
        for (var seed = 1; seed <= count; seed++)
        {
            var random = new Random(seed);
            await CheckAsync(
                database,
                rules,
                new SyntheticBackupOptions { Seed = seed, NullShare = random.NextDouble(), RecordsPerModel = random.Next(1, 13), Locale = Locales[seed % Locales.Length] });
        }
    }

    private static async Task CheckAsync(TestDatabase database, SanitizeRules rules, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        await SyntheticBackup.For(database.Model, options).WriteAsync(stream, Cancel);

        // What was exported once holds relations of many as the model has them, and is what can come back equal.
        await database.ResetAsync(Cancel);
        await database.ImportAsync(Backup.FromUtf8(stream.ToArray()), null, Cancel);
        await CheckAsync(database, rules, await database.ExportToJsonAsync(null, Cancel));
    }

    private static async Task CheckAsync(TestDatabase database, SanitizeRules rules, string original)
    {
        var sanitised = await ImportAsync(database, rules, original);
        var exported = Backup.FromJson(await database.ExportToJsonAsync(null, Cancel), "exported");
        var options = new ComparisonOptions { Model = database.Model, Comparators = Comparators.Default(database.Model) };

        var comparison = await BackupComparer.CompareAsync(sanitised, exported, options, Cancel);

        Assert.Empty(comparison.Findings);
        Assert.Equal(JsonElement.Parse(original).GetArrayLength(), comparison.ComparedRecords);
    }

    /// <summary>Sanitises a backup, finds nothing of the original in it, and imports it as the original is imported.</summary>
    /// <param name="database">Where both are imported.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="original">The backup.</param>
    /// <param name="seed">What replacements follow from.</param>
    /// <param name="keysStay">Whether no key is personal, so that both have the same map.</param>
    private static async Task<Backup> ImportAsync(TestDatabase database, SanitizeRules rules, string original, string seed = "s", bool keysStay = true)
    {
        using var stream = new MemoryStream();
        var options = new SanitizeOptions { Model = database.Model, Rules = rules, Seed = seed };
        await BackupSanitizer.SanitizeAsync(Backup.FromJson(original), BackupDestination.ToStream(stream), options, Cancel);
        var sanitised = Backup.FromUtf8(stream.ToArray(), "sanitised");
        var audit = await LeakAudit.RunAsync(
            Backup.FromJson(original), sanitised, new LeakAuditOptions { Model = database.Model, Rules = rules }, Cancel);
        Assert.Empty(audit.Findings);

        await database.ResetAsync(Cancel);
        var expected = await database.ImportAsync(Backup.FromJson(original), null, Cancel);
        await database.ResetAsync(Cancel);
        var imported = await database.ImportAsync(sanitised, null, Cancel);
        Assert.Equal(expected.Models, imported.Models);
        if (keysStay)
        {
            Assert.Equal(expected.Map.ToSnapshot(), imported.Map.ToSnapshot());
        }

        return sanitised;
    }
}
