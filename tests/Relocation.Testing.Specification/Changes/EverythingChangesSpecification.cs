using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models;
using Relocation.Testing.Specification.Models.Everything;

namespace Relocation.Testing.Specification.Changes;

/// <summary>Every mapping of EF Core's is told, and in the same words on every engine.</summary>
public abstract class EverythingChangesSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_mapping_is_told()
    {
        await using var database = await engine.EverythingAsync();
        await database.ImportAsync(Backup.FromFile(Repository.Fixture("everything", "complete.json")), null, Cancel);

        await database.CheckChangesAsync(new ChangeOptions { ShowSanitized = true, ShowTimes = true, ShowGuids = true }, cancellationToken: Cancel);
    }

    [Fact]
    public async Task Record_in_several_tables_is_told_as_one()
    {
        await using var database = await engine.EverythingAsync();
        await database.ImportAsync(Backup.FromFile(Repository.Fixture("everything", "complete.json")), null, Cancel);
        await database.MarkAsync("imported", Cancel);
        await using var context = database.CreateContext();
        var articles = await context.Set<Article>().OrderBy(article => article.Words).Take(3).ToListAsync(Cancel);
        articles[0].Words = 7;
        (articles[1].Title, articles[1].Text) = ("Both", "tables");
        context.Remove(articles[2]);
        context.Add(new Article { Title = "New", Words = 1 });
        await context.SaveChangesAsync(Cancel);

        await database.CheckChangesAsync(new ChangeOptions { Since = "imported" }, cancellationToken: Cancel);
    }

    [Fact]
    public async Task Every_record_of_an_import_is_told_once()
    {
        await using var database = await engine.EverythingAsync();
        for (var seed = 1; seed <= 5; seed++)
        {
            await database.ResetAsync(Cancel);
            var json = EverythingBackups.Invent(database.Model, seed).ToJsonString();
            var result = await database.ImportAsync(Backup.FromJson(json), null, Cancel);

            var changes = await database.ChangesAsync(cancellationToken: Cancel);

            Assert.Empty(changes.Notes);
            Assert.All(changes.Records, record => Assert.Equal(ChangeKind.Added, record.Kind));
            foreach (var model in result.Map.Models)
            {
                // Rows of many-to-many relations come from lists of keys too, which no map holds.
                var (records, added) = (result.Map.TargetKeys(model).Count(), changes.Of(model.Value, ChangeKind.Added));
                Assert.True(added.Count == records || (added.Count > records && added.All(record => record.Identity.EndsWith(']'))), model.Value);
            }

            Assert.Equal(changes.Records.Count, changes.Records.Select(record => record.Identity).Distinct().Count());
        }
    }
}
