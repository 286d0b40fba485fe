using System.Globalization;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>Sentry's real backups arrive whole, and every reference lands where it should.</summary>
public abstract class RealBackupSpecification(DatabaseUnderTest engine)
{
    private static readonly string[] Names =
    [
        "fixtures/app-user-with-empty-email", "fixtures/datetime-with-unzeroed-millis", "fixtures/fresh-install",
        "fixtures/fresh-install.2024-05-08", "fixtures/single-option", "fixtures/user-with-maximum-privileges",
        "fixtures/user-with-minimum-privileges", "fixtures/user-with-superadmin-no-roles", "releases/test_at_23_9_1",
        "releases/test_at_23_12_0", "releases/test_at_24_2_0", "releases/test_at_24_5_1", "releases/test_at_head_2024-05-16",
    ];

    private static readonly ImportOptions Options = new() { Clock = new FixedClock(Imports.Now) };

    public static TheoryData<string, string> Scopes =>
        [.. SentryScopes.All.SelectMany(scope => new[] { SentryModel.Head, "24.7.0" }.Select(version => (scope.Name, version)))];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_real_backup_is_imported_by_these_tests()
    {
        var files = new[] { "fixtures", "releases" }.SelectMany(folder => Directory.GetFiles(Repository.Shared("data", "sentry", folder), "*.json")
            .Select(file => $"{folder}/{Path.GetFileNameWithoutExtension(file)}"));

        Assert.Equal(
            Names.Append("fixtures/invalid-user").Append("fixtures/user-with-roles-no-superadmin").Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Real_backup_is_imported_whole(string scopeName, string version)
    {
        var scope = SentryScopes.Parse(scopeName);
        await using var database = await engine.SentryAsync(version);
        foreach (var name in Names)
        {
            var json = await File.ReadAllTextAsync(Repository.Shared("data", "sentry", $"{name}.json"), Cancel);
            var records = SourceRecord.Read(json, database.Model);
            var taken = ExpectedScope.Taken(records, database.Model, scope);

            var result = await database.ImportAsync(Backup.FromJson(json, name), Within(scope), Cancel);

            Imports.MustAccount(result, records);
            Assert.Empty(result.Dropped);
            Assert.All(result.Models, model => Assert.Equal(
                (name, model.Model, taken.Count(record => record.Entity!.Label == model.Model)), (name, model.Model, (int)model.Inserted)));
            var expected = new ExpectedMap(database.Model, taken)
                .Text(records, taken, ImportPlan.For(database.Model).Models.Select(planned => planned.Entity.Label));
            Assert.Equal(expected, result.Map.ToSnapshot());
            await CheckAsync(database, taken, result.Map, name);
            await database.ResetAsync(Cancel);
        }
    }

    [Theory]
    [InlineData("fixtures/fresh-install", "Global", 34)]
    [InlineData("fixtures/fresh-install", "Organization", 22)]
    [InlineData("fixtures/fresh-install.2024-05-08", "Global", 31)]
    [InlineData("releases/test_at_24_5_1", "Global", 172)]
    public async Task Real_backup_has_as_many_rows_as_were_counted_by_hand(string name, string scope, int rows)
    {
        await using var database = await engine.SentryAsync();

        var result = await database.ImportAsync(Backup.FromFile(Repository.Shared("data", "sentry", $"{name}.json")), Within(SentryScopes.Parse(scope)), Cancel);

        Assert.Equal(rows, result.Map.Count);
    }

    [Fact]
    public async Task Checker_finds_every_reference_that_is_led_to_another_row()
    {
        const string Name = "releases/test_at_24_5_1";
        await using var database = await engine.SentryAsync();
        var json = await File.ReadAllTextAsync(Repository.Shared("data", "sentry", $"{Name}.json"), Cancel);
        var records = SourceRecord.Read(json, database.Model);
        var taken = ExpectedScope.Taken(records, database.Model, SentryScopes.Global);
        await database.ImportAsync(Backup.FromJson(json), Within(SentryScopes.Global), Cancel);
        var checkedModel = new CheckedModel(database.Model, engine, Imports.Now);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var expected = checkedModel.Records(taken);
        Assert.Empty(ReferenceChecker.Match(expected, await checkedModel.RowsAsync(connection, records)).Findings);
        var repointed = 0;
        foreach (var (statement, back) in await RepointingsAsync(connection, database.Model))
        {
            await connection.RunAsync(statement);
            var findings = ReferenceChecker.Match(expected, await checkedModel.RowsAsync(connection, records)).Findings;
            Assert.True(findings.Count > 0, $"Not found: {statement}");
            await connection.RunAsync(back);
            repointed++;
        }

        Assert.True(repointed > 25, $"Only {repointed} references could be led elsewhere.");
        Assert.Empty(ReferenceChecker.Match(expected, await checkedModel.RowsAsync(connection, records)).Findings);
    }

    [Fact]
    public async Task Checker_finds_two_rows_whose_references_are_exchanged()
    {
        await using var database = await engine.SentryAsync();
        var json = await File.ReadAllTextAsync(Repository.Shared("data", "sentry", "fixtures/fresh-install.json"), Cancel);
        var records = SourceRecord.Read(json, database.Model);
        await database.ImportAsync(Backup.FromJson(json), Within(SentryScopes.Global), Cancel);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var checkedModel = new CheckedModel(database.Model, engine, Imports.Now);
        const string Table = "sentry_useremail";
        var lowest = $"(SELECT min(id) FROM {Table})";
        var highest = $"(SELECT max(id) FROM {Table})";
        var users = (await connection.TextAsync($"SELECT user_id FROM {Table} WHERE id IN ({lowest}, {highest}) ORDER BY id")).Split('\n');
        Assert.NotEqual(users[0], users[1]);

        await connection.RunAsync($"UPDATE {Table} SET user_id = {users[1]} WHERE id = {lowest}");
        await connection.RunAsync($"UPDATE {Table} SET user_id = {users[0]} WHERE id = {highest}");

        var matching = ReferenceChecker.Match(checkedModel.Records(records), await checkedModel.RowsAsync(connection, records));
        Assert.NotEmpty(matching.Findings);
    }

    [Fact]
    public async Task User_of_a_missing_role_is_refused_with_its_place_and_dropped_when_asked_for()
    {
        var path = Repository.Shared("data", "sentry", "fixtures/user-with-roles-no-superadmin.json");
        await using var database = await engine.SentryAsync();

        await MustRefuseAsync(
            database,
            path,
            $"{path}:105:21 /8/fields/role (sentry.userroleuser 3): Reference 'role' leads to sentry.userrole 1, which the backup does "
            + "not hold. Add the record, or choose UnresolvedReferencePolicy.Drop or SetNull.");

        var dropping = new ImportOptions
        {
            Scope = SentryScopes.Global,
            UnresolvedReferences = UnresolvedReferencePolicy.Drop,
            Clock = Options.Clock,
        };
        var result = await database.ImportAsync(Backup.FromFile(path), dropping, Cancel);

        Assert.Equal(8, result.Map.Count);
        var dropped = Assert.Single(result.Dropped);
        Assert.Equal($"{path}:98:5 /8 (sentry.userroleuser 3)", dropped.Place.ToString());
        Assert.Equal(
            new DropCause(
                ModelLabel.Parse("sentry.userroleuser"), "role", ModelLabel.Parse("sentry.userrole"), RecordKey.From(1), DropReason.Absent),
            Assert.Single(dropped.Causes));
        var records = SourceRecord.Read(await File.ReadAllTextAsync(path, Cancel), database.Model);
        Imports.MustAccount(result, records);
        await CheckAsync(database, [.. records.SkipLast(1)], result.Map, path);
    }

    [Fact]
    public async Task User_without_a_username_is_refused_with_its_place()
    {
        var path = Repository.Shared("data", "sentry", "fixtures/invalid-user.json");
        await using var database = await engine.SentryAsync();

        await MustRefuseAsync(
            database,
            path,
            $"{path}:5:19 /0/fields (sentry.user 1): Field 'username' is absent, takes no null and has no default. Add it, or give it "
            + "a default in the model.");
    }

    private async Task MustRefuseAsync(TestDatabase database, string path, string problem)
    {
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Backup.FromFile(path), Within(SentryScopes.Global), Cancel));

        Assert.Equal($"Backup '{path}' was not imported; the database is as it was.{Environment.NewLine}  {problem}", refusal.Message);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    private static ImportOptions Within(ImportScope scope) => new() { Scope = scope, Clock = Options.Clock };

    private async Task CheckAsync(TestDatabase database, IReadOnlyList<SourceRecord> written, PrimaryKeyMap map, string name)
    {
        var checkedModel = new CheckedModel(database.Model, engine, Imports.Now);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var matching = ReferenceChecker.Match(checkedModel.Records(written), await checkedModel.RowsAsync(connection, written));
        Assert.True(matching.Findings.Count == 0, $"{name}: {string.Join(Environment.NewLine, matching.Findings)}");
        Imports.MustAgree(map, matching, written);
    }

    /// <summary>For each reference of the model, where two rows allow it, a statement that leads one row's to the other's target.</summary>
    private static async Task<List<(string Statement, string Back)>> RepointingsAsync(
        System.Data.Common.DbConnection connection, RelocationModel model)
    {
        var found = new List<(string, string)>();
        foreach (var entity in model.Entities)
        {
            var unique = entity.Uniques.SelectMany(set => set.Fields).ToHashSet();
            foreach (var reference in entity.References.Where(reference =>
                model.Find(reference.Target) is not null && !unique.Contains(reference.Name)))
            {
                var column = entity.FindField(reference.Name)!.Column;
                var target = model.Find(reference.Target)!.Table;
                var row = (await connection.TextAsync($"SELECT min(id), max({column}) FROM {entity.Table} WHERE {column} IS NOT NULL")).Split('|');
                if (row[0].Length == 0 || row[0] == "null")
                {
                    continue;
                }

                var current = await connection.TextAsync($"SELECT {column} FROM {entity.Table} WHERE id = {row[0]}");
                var other = await connection.TextAsync(
                    $"SELECT min(id) FROM {target} WHERE id <> {current} AND id <> {(target == entity.Table ? row[0] : "0")}");
                if (long.TryParse(other, CultureInfo.InvariantCulture, out _))
                {
                    found.Add((
                        $"UPDATE {entity.Table} SET {column} = {other} WHERE id = {row[0]}",
                        $"UPDATE {entity.Table} SET {column} = {current} WHERE id = {row[0]}"));
                }
            }
        }

        return found;
    }
}
