using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Deciding;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Importing.Rules;
using Xunit;

namespace Relocation.Testing.Tests.Importing.Deciding;

/// <summary>An import up to where decisions begin, without a database.</summary>
internal sealed class MadeImport : IAsyncDisposable
{
    private readonly NotedRecords _noted;

    private MadeImport(ImportPlan plan, ImportOptions options, BackupContent content, ModelPolicies policies, NotedRecords noted, BackupIndex index)
    {
        _noted = noted;
        Content = content;
        Index = index;
        Problems = new Problems(content, includeValues: false);
        Context = new ImportContext(plan, options, new KeyTables(plan.Model, index, options.KnownKeys), noted, Problems);
        Decisions = new Decisions(Context, policies);
        Policies = policies;
        noted.Complete(index, Context.Tables);
    }

    internal BackupContent Content { get; }

    internal BackupIndex Index { get; }

    internal Problems Problems { get; }

    internal ImportContext Context { get; }

    internal ModelPolicies Policies { get; }

    internal Decisions Decisions { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<MadeImport> OfAsync(RelocationModel model, string records, ImportOptions? options = null)
    {
        options ??= new ImportOptions();
        var plan = ImportPlan.For(model.With(options.Models));
        var content = await BackupContent.OpenAsync(Backup.FromJson($"[{records}]"), Cancel);
        var policies = new ModelPolicies(plan, options);
        var noted = new NotedRecords(plan, options, policies);
        var index = await BackupIndexer.IndexAsync(content, plan.Model, noted.Observers, options.Limits, includeValues: false, null, Cancel);
        return new MadeImport(plan, options, content, policies, noted, index);
    }

    /// <summary>The records of a model.</summary>
    internal KeyTable Table(string model) => Context.Tables.Find(ModelLabel.Parse($"made.{model}"))!;

    /// <summary>The states of a model's records, in their order.</summary>
    internal RecordState[] States(string model) => [.. Enumerable.Range(0, Table(model).Count).Select(Table(model).StateOf)];

    /// <summary>Decides what follows from the backup alone.</summary>
    internal Task DecideAsync() => Decisions.DecideAsync(Index, Cancel);

    /// <summary>Decides what the database has a say in.</summary>
    internal async Task DecideAsync(MadeTransaction transaction)
    {
        await DecideAsync();
        var session = new ImportSession(
            Context.Plan.Model, SqliteEngine.Instance, Context.Options, Context.Tables, Context.Generated, transaction);
        await Decisions.DecideAsync([.. Context.Models.Where(table => table.Taken > 0)], transaction, session, Cancel);
    }

    /// <summary>The new keys of a model's records; null for one that found no row.</summary>
    internal string?[] NewKeys(string model) =>
        [.. Enumerable.Range(0, Table(model).Count).Select(rank => Context.Tables.MappingOf(Table(model), rank)?.New.ToString())];

    /// <summary>Reads a model's records into rows, as text: one a row, <c>-</c> for null.</summary>
    internal async Task<string[]> RowsAsync(string model, params RelocationReference[] cuts)
    {
        var reader = new RecordReader(Table(model), Context.Layouts[Table(model).Entity], Context, cuts);
        using var batch = new RowBatch(reader.Rows.Columns, Math.Max(1, Table(model).Count));
        await using var cursor = new RecordCursor(Content, Context.Options.Limits);
        foreach (var run in Index.Runs.Where(run => run.Label == Table(model).Entity.Label))
        {
            await cursor.SeekAsync(run, Cancel);
            while (await cursor.ReadAsync(Cancel))
            {
                if (Table(model).StateOf(cursor.Rank) == RecordState.Taken)
                {
                    reader.Read(cursor, batch);
                }
            }
        }

        LastReader = reader;
        return [.. Enumerable.Range(0, batch.Count).Select(row => MadeTransaction.Text(batch, row))];
    }

    /// <summary>What has read the rows last.</summary>
    internal RecordReader? LastReader { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _noted.Dispose();
        await Content.DisposeAsync();
    }
}
