using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>Whatever is done to a backup, it is imported or refused by an exception of ours, soon, and a refusal leaves the database alone.</summary>
public abstract class MutationSpecification(DatabaseUnderTest engine)
{
    private const int Percent = 30;

    [Fact]
    public async Task Mutated_backups_are_imported_or_refused_in_words_and_refusals_change_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        var good = await File.ReadAllBytesAsync(Repository.Fixture("shop", "complete.json"), cancel);
        await using var database = await engine.ShopAsync();
        var before = await engine.StateAsync(database);
        var run = new MutationRun($"Backups into {engine.Target.Engine}", Percent);

        await run.RunAsync(
            async (mutator, number, limit) =>
            {
                var backup = Backup.FromUtf8(mutator.Backup(good), $"mutated {number}");
                await database.ImportAsync(backup, OptionsOf(number), limit);
                await database.ResetAsync(limit);
            },
            async refusal =>
            {
                Assert.True(refusal is ImportException or BackupFormatException, "is refused by another exception than ours.");
                Assert.StartsWith("Backup 'mutated ", refusal.Message, StringComparison.Ordinal);
                Assert.Equal(before, await engine.StateAsync(database));
            },
            cancel);

        Assert.Equal(before, await engine.StateAsync(database));
    }

    private static ImportOptions OptionsOf(int number) => new()
    {
        UnknownModels = number % 2 == 0 ? DriftPolicy.Refuse : DriftPolicy.Report,
        UnknownFields = number % 3 == 0 ? DriftPolicy.Refuse : DriftPolicy.Report,
        UnresolvedReferences = (UnresolvedReferencePolicy)(number % 3),
        OnCollision = number % 5 == 0 ? CollisionPolicy.Merge : null,
        ChunkSize = number % 7 == 0 ? 3 : 1_000,
    };
}
