using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>A backup that cannot be imported is refused with its place, and the database stays as it was.</summary>
public abstract partial class RefusalSpecification(DatabaseUnderTest engine)
{
    /// <summary>A part of every value in the fixtures, which no message may show.</summary>
    private const string Secret = "s3cret";

    private const int ManyRows = 10_000;

    private static readonly string[] Folders = ["shop", "sentry"];

    public static TheoryData<string> Defects => [.. Folders.SelectMany(folder =>
        Directory.GetFiles(Repository.Fixture("invalid", folder), "*.json").Order(StringComparer.Ordinal)
            .Select(file => $"{folder}/{Path.GetFileNameWithoutExtension(file)}"))];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Defective_backup_is_refused_without_showing_values_and_the_database_is_as_it_was(string name)
    {
        await using var database = await OpenAsync(name);
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(ReadDefect(name), Strict(), Cancel));

        Assert.StartsWith($"Backup '{name}' was not imported", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Refusals_have_the_approved_messages_and_places()
    {
        var messages = new StringBuilder();
        foreach (var folder in Folders)
        {
            await using var database = await OpenAsync(folder);
            foreach (var name in Defects.Select(row => row.Data).Where(name => name.StartsWith(folder, StringComparison.Ordinal)))
            {
                var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(ReadDefect(name), Strict(), Cancel));
                messages.Append(Constraint().Replace(refusal.Message, "already,").ReplaceLineEndings("\n")).Append("\n\n");
                Assert.All(refusal.Problems, problem => Assert.Equal(name, problem.Place.Backup));
            }
        }

        await ApprovedSnapshot.CheckFileAsync(messages.ToString(), Repository.Golden("refusals"), cancellationToken: Cancel);
    }

    [Fact]
    public void Fixtures_are_all_described()
    {
        var description = File.ReadAllText(Repository.Fixture("invalid", "README.md"));

        Assert.NotEmpty(Defects);
        Assert.All(Defects.Select(row => row.Data), name => Assert.Contains($"`{name}.json`", description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unreadable_backup_leaves_the_database_as_it_is()
    {
        await using var database = await engine.ShopModelAsync();
        var before = await engine.StateAsync(database);
        foreach (var file in Directory.GetFiles(Repository.Fixture("invalid"), "*.json"))
        {
            var refusal = await Assert.ThrowsAsync<BackupFormatException>(
                () => database.ImportAsync(Backup.FromFile(file), Strict(), Cancel));

            Assert.Contains($"  {file}:", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Theory]
    [InlineData("shop/unresolved-text-reference")]
    [InlineData("shop/wrong-value")]
    [InlineData("shop/wrong-reference")]
    [InlineData("shop/too-long")]
    [InlineData("sentry/wrong-flags")]
    [InlineData("sentry/wrong-date")]
    public async Task Value_is_shown_when_it_was_asked_for(string name)
    {
        await using var database = await OpenAsync(name);
        var backup = Backup.FromFile(Repository.Fixture("invalid", $"{name}.json"));

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, Strict(includeValues: true), Cancel));

        Assert.Contains(Secret, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\": 7}", "/10000/fields/name", BackupProblemKind.WrongValue)]
    [InlineData("{\"name\": \"9999\"}", "/10000", BackupProblemKind.RowRefused)]
    public async Task Database_is_as_it_was_when_the_last_record_of_many_is_refused(string last, string pointer, BackupProblemKind kind)
    {
        await using var database = await engine.ShopModelAsync();
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Backup.FromJson(Many(last)), Strict(), Cancel));

        Assert.Equal((kind, pointer), (refusal.Problems.Single().Kind, refusal.Problems.Single().Place.Pointer));
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Database_is_as_it_was_when_the_import_is_cancelled_while_it_writes()
    {
        await using var database = await engine.ShopModelAsync();
        var before = await engine.StateAsync(database);
        using var cancellation = new CancellationTokenSource();
        var steps = new List<ImportStep>();
        var options = new ImportOptions
        {
            Progress = new DirectProgress(progress =>
            {
                steps.Add(progress.Step);
                if (progress is { Step: ImportStep.Writing, Done: > 0 })
                {
                    cancellation.Cancel();
                }
            }),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => database.ImportAsync(Backup.FromJson(Many("{\"name\": \"last\"}")), options, cancellation.Token));

        Assert.Equal(ImportStep.Writing, steps[^1]);
        Assert.Equal(before, await engine.StateAsync(database));
        var result = await database.ImportAsync(Backup.FromJson(Many("{\"name\": \"last\"}")), null, Cancel);
        Assert.Equal(ManyRows + 1, result.Map.Count);
    }

    [Theory]
    [InlineData("shop/unresolved-reference")]
    [InlineData("shop/duplicate-unique")]
    [InlineData("shop/unknown-field")]
    public async Task Transaction_of_the_caller_goes_on_when_an_import_within_it_is_refused(string name)
    {
        await using var database = await engine.ShopModelAsync();
        await using var expected = await engine.ShopModelAsync();
        const string First = "INSERT INTO \"Tags\" (\"Name\") VALUES ('mine')";
        const string Second = "INSERT INTO \"Tags\" (\"Name\") VALUES ('mine too')";
        await expected.RunAsync(First);
        await expected.RunAsync(Second);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var constraints = await engine.ConstraintsAsync(connection);
        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await connection.RunAsync(First, transaction);
            var importer = new BackupImporter(database.Model, database.Engine, Strict());

            await Assert.ThrowsAsync<ImportException>(
                () => importer.ImportAsync(transaction, Backup.FromFile(Repository.Fixture("invalid", $"{name}.json")), Cancel));

            await connection.RunAsync(Second, transaction);
            await transaction.CommitAsync(Cancel);
        }

        Assert.Equal(await engine.FingerprintAsync(expected), await engine.FingerprintAsync(database));
        Assert.Equal(constraints, await engine.ConstraintsAsync(connection));
    }

    [Fact]
    public async Task Import_within_a_transaction_of_the_caller_is_gone_when_that_is_rolled_back_and_stays_when_it_is_committed()
    {
        await using var database = await engine.ShopModelAsync();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var importer = new BackupImporter(database.Model, database.Engine);
        var rows = await connection.CountAsync("\"Tags\"");
        foreach (var commit in new[] { false, true })
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            var result = await importer.ImportAsync(transaction, Backup.FromJson(Many("{\"name\": \"last\"}")), Cancel);
            Assert.Equal(ManyRows + 1, result.Map.Count);
            if (commit)
            {
                await transaction.CommitAsync(Cancel);
            }
            else
            {
                await transaction.RollbackAsync(Cancel);
                Assert.Equal(rows, await connection.CountAsync("\"Tags\""));
            }
        }

        Assert.Equal(rows + ManyRows + 1, await connection.CountAsync("\"Tags\""));
    }

    [Fact]
    public async Task Database_without_a_table_or_a_column_of_the_model_is_refused_before_the_first_write()
    {
        await using var database = await engine.ShopModelAsync();
        await database.RunAsync("ALTER TABLE \"Tags\" RENAME COLUMN \"Name\" TO \"Title\"");
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<RelocationModelException>(
            () => database.ImportAsync(Backup.FromJson(Many("{\"name\": \"last\"}")), null, Cancel));

        Assert.Contains("'Tags'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'Name'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    /// <summary>Ten thousand tags, and one more with other fields.</summary>
    private static string Many(string last)
    {
        var json = new StringBuilder("[");
        for (var key = 1; key <= ManyRows; key++)
        {
            json.Append(CultureInfo.InvariantCulture, $"{{\"model\":\"shop.tag\",\"pk\":{key},\"fields\":{{\"name\":\"{key}\"}}}},\n");
        }

        return json.Append(CultureInfo.InvariantCulture, $"{{\"model\":\"shop.tag\",\"pk\":{ManyRows + 1},\"fields\":{last}}}]").ToString();
    }

    private static ImportOptions Strict(bool includeValues = false) => new()
    {
        UnknownModels = DriftPolicy.Refuse,
        UnknownFields = DriftPolicy.Refuse,
        IncludeValuesInErrors = includeValues,
    };

    private static Backup ReadDefect(string name) =>
        Backup.FromUtf8(File.ReadAllBytes(Repository.Fixture("invalid", $"{name}.json")), name);

    /// <summary>Engines name a constraint each in its way.</summary>
    [GeneratedRegex(@"already \([^()]+\),")]
    private static partial Regex Constraint();

    private async Task<TestDatabase> OpenAsync(string name) =>
        name.StartsWith("sentry", StringComparison.Ordinal) ? await engine.SentryAsync() : await engine.ShopModelAsync();
}
