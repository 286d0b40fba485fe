using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Sentry;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>Backups that are the same have no findings, and what an import makes anew may differ, unless it is asked for otherwise.</summary>
public sealed class SentryEqualityTests
{
    private const string Guid = "8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b";
    private const string OtherGuid = "0b1d4ef0-3238-4afb-9498-de9f2b4c4b3b";

    private static readonly RelocationModel Model = SentryModel.Create(SqliteEngine.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Case("sentry/monitor-self")]
    public async Task Every_backup_is_equal_to_itself()
    {
        foreach (var path in SentryBackups.Paths)
        {
            var json = await File.ReadAllTextAsync(path, Cancel);

            var result = await CompareAsync(json, json, SentryComparators.Default(Model));

            Assert.Multiple(
                () => Assert.True(result.IsEmpty, $"{path}: {result.Findings.ToPretty()}"),
                () => Assert.True(result.ComparedRecords > 0, path));
        }
    }

    [Theory]
    [Case("sentry/monitor-self")]
    [InlineData("monitor", "guid", Guid, OtherGuid, "UUID4Comparator")]
    [InlineData("incident", "detection_uuid", Guid, OtherGuid, "UUID4Comparator")]
    [InlineData("querysubscription", "subscription_id", "1/0123456789abcdef0123456789abcdef", "2/0123456789abcdef0123456789abcdef", "SubscriptionIDComparator")]
    [InlineData("user", "password", "old", "new", "UserPasswordObfuscatingComparator")]
    public async Task What_an_import_makes_anew_may_be_the_same_and_may_differ_unless_it_is_to_differ(
        string model, string field, string old, string made, string kind)
    {
        var (left, right) = (Json(model, field, old), Json(model, field, made));

        Assert.Empty((await CompareAsync(left, left, SentryComparators.Default(Model))).Findings);
        Assert.Empty((await CompareAsync(left, right, SentryComparators.Default(Model))).Findings);
        foreach (var map in new[] { SentryComparators.AfterImport(Model), SentryComparators.Upstream(Model) })
        {
            Assert.Equal([kind], (await CompareAsync(left, left, map)).Findings.Select(finding => finding.Kind.Name));
            Assert.Empty((await CompareAsync(left, right, map)).Findings);
        }
    }

    [Theory]
    [InlineData("monitor", "guid", Guid, "\"no guid\"")]
    [InlineData("monitor", "guid", Guid, "null")]
    [InlineData("querysubscription", "subscription_id", "1/0123456789abcdef0123456789abcdef", "\"1/0\"")]
    [InlineData("projectkey", "public_key", "no hexadecimal digits", "\"others\"")]
    [InlineData("team", "date_added", "0000", "\"0001\"")]
    public async Task What_no_import_makes_is_a_finding(string model, string field, string old, string other) =>
        Assert.False((await CompareAsync(Json(model, field, old), Json(model, field, other, isText: false), SentryComparators.Default(Model))).IsEmpty);

    /// <summary>Keys that lead nowhere, forms that no import makes, dates that are none: equal all the same.</summary>
    [Theory]
    [InlineData("projectkey", "public_key", "no hexadecimal digits")]
    [InlineData("monitor", "guid", "no guid")]
    [InlineData("integration", "date_updated", "yesterday")]
    [InlineData("team", "date_added", "0000-00-00")]
    [InlineData("querysubscription", "subscription_id", "")]
    public async Task Odd_values_are_equal_to_themselves(string model, string field, string value) =>
        Assert.Empty((await CompareAsync(Json(model, field, value), Json(model, field, value), SentryComparators.Default(Model))).Findings);

    private static string Json(string model, string field, string value, bool isText = true) =>
        $$"""[{"model": "sentry.{{model}}", "pk": 1, "fields": {"{{field}}": {{(isText ? $"\"{value}\"" : value)}}, "is_unclaimed": true} }]""";

    private static Task<ComparisonResult> CompareAsync(string left, string right, ComparatorMap comparators) => BackupComparer.CompareAsync(
        Backup.FromJson(left), Backup.FromJson(right), new ComparisonOptions { Model = Model, Comparators = comparators }, Cancel);
}
