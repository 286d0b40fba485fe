using Relocation.Testing.Schemas;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>What is done first in an import's transaction, such as making the tables, goes with the import when it fails.</summary>
public abstract class PreparedImportSpecification(DatabaseUnderTest engine)
{
    private static readonly Guid Id = new("11111111-2222-4333-8444-666666666666");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tables_are_made_by_the_import_and_are_there_with_its_rows(bool isResumable)
    {
        await using var database = await engine.CreateAsync(string.Empty);

        var result = await ImportAsync(database, Boxes(), isResumable, stop: null);
        var again = isResumable ? await ImportAsync(database, Boxes(), isResumable, stop: null) : result;

        Assert.Equal("1|2\n2|null\n3|1", await database.TextAsync("SELECT id, inner_box FROM box ORDER BY id"));
        Assert.Equal(result.Map, again.Map);
        await database.RunAsync("INSERT INTO box (inner_box) VALUES (3)");
        Assert.Equal("4", await database.TextAsync("SELECT max(id) FROM box"));
    }

    [Fact]
    public async Task Import_that_fails_anywhere_leaves_no_tables()
    {
        var counted = ImportStop.Never();
        await using (var whole = await engine.CreateAsync(string.Empty))
        {
            await ImportAsync(whole, Boxes(), isResumable: false, counted);
        }

        await using var database = await engine.CreateAsync(string.Empty);
        var before = await engine.StateAsync(database);
        for (var statement = 1; statement <= counted.Statements; statement++)
        {
            var at = statement;
            await Assert.ThrowsAsync<ImportStoppedException>(() => ImportAsync(database, Boxes(), isResumable: false, ImportStop.AtStatement(at)));

            Assert.Equal((at, before), (at, await engine.StateAsync(database)));
        }

        var refused = Made.Backup("""box 1 {"inner_box": "no key"}""");
        await Assert.ThrowsAsync<ImportException>(() => ImportAsync(database, refused, isResumable: false, stop: null));
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Resumable_import_leaves_tables_from_its_first_chunk_on_and_goes_on_with_them()
    {
        await using var database = await engine.CreateAsync(string.Empty);
        var before = await engine.StateAsync(database);
        await Assert.ThrowsAsync<ImportStoppedException>(() => ImportAsync(database, Boxes(), isResumable: true, ImportStop.AtChunk(1)));
        Assert.Equal(before, await engine.StateAsync(database));

        await Assert.ThrowsAsync<ImportStoppedException>(() => ImportAsync(database, Boxes(), isResumable: true, ImportStop.AtChunk(3)));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM box"));
        var result = await ImportAsync(database, Boxes(), isResumable: true, stop: null);

        Assert.Equal(2, result.ResumedChunks);
        Assert.Equal("1|2\n2|null\n3|1", await database.TextAsync("SELECT id, inner_box FROM box ORDER BY id"));
    }

    [Fact]
    public async Task Transaction_of_the_caller_is_prepared_by_the_caller()
    {
        await using var database = await engine.CreateAsync(string.Empty);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Importer(isResumable: false, stop: null).ImportAsync(transaction, Boxes(), Cancel));

        Assert.Contains(nameof(ImportOptions.Prepare), refusal.Message, StringComparison.Ordinal);
    }

    private static Backup Boxes() => Made.Backup("""
        box 1 {"inner_box": 2}
        box 2 {"inner_box": null}
        box 3 {"inner_box": 1}
        """);

    private async Task<ImportResult> ImportAsync(TestDatabase database, Backup backup, bool isResumable, ImportStop? stop)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await Importer(isResumable, stop).ImportAsync(connection, backup, Cancel);
    }

    private BackupImporter Importer(bool isResumable, ImportStop? stop)
    {
        var made = new Made(engine.Target.Engine);
        var model = RelocationModel.Create("made", [made.Entity("box", [made.Nullable("inner_box")], Made.To("box", "inner_box"))]);
        return new BackupImporter(model, engine.Target.Engine, new ImportOptions
        {
            ResumeId = isResumable ? Id : null,
            ChunkSize = 1,
            Stop = stop,
            Prepare = async (transaction, cancellationToken) =>
            {
                if ((await ModelSchema.FindExistingAsync(transaction, model, engine.Target.Engine, cancellationToken)).Count == 0)
                {
                    await ModelSchema.CreateAsync(transaction, model, engine.Target.Engine, cancellationToken);
                }
            },
        });
    }
}
