using System.Data.Common;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>One export.</summary>
internal sealed class ExportRun
{
    private const int RecordsBetweenReports = 4_096;

    private readonly DatabaseEngine _engine;
    private readonly FieldWriters _writers;
    private readonly Patience _patience;
    private readonly Dictionary<RelocationEntity, IReadOnlyList<RowGroup>> _groups = [];
    private readonly Dictionary<(ModelLabel Model, RecordKey Key), string> _scopes = [];
    private readonly HashSet<ModelLabel> _followed;
    private long _records;
    private int _done;

    internal ExportRun(ImportPlan plan, DatabaseEngine engine, ExportOptions options, Patience patience)
    {
        Plan = plan;
        Layouts = LayoutSet.Of(plan.Model);
        Options = options;
        _engine = engine;
        _patience = patience;
        var moments = MomentText.Of(options.Moments);
        _writers = new FieldWriters(plan, moments);
        _followed =
        [
            .. plan.Model.Entities.Where(entity => entity.ScopeRule?.Follow is not null)
                .Select(entity => entity.References.First(reference => reference.Name == entity.ScopeRule!.Follow).Target),
        ];
    }

    internal ImportPlan Plan { get; }

    /// <summary>What the models' rows look like.</summary>
    internal LayoutSet Layouts { get; }

    internal ExportOptions Options { get; }

    internal async Task<ExportResult> RunAsync(
        DbConnection connection, DbTransaction? outer, BackupDestination destination, CancellationToken cancellationToken)
    {
        var transaction = await _engine.BeginExportAsync(connection, outer, _patience, cancellationToken).ConfigureAwait(false);
        await using var closing = transaction.ConfigureAwait(false);
        var references = await SettleAsync(transaction, cancellationToken).ConfigureAwait(false);
        var findings = await LeftOutContent.FindAsync(Plan.Model, Options, connection, _engine, transaction, cancellationToken).ConfigureAwait(false);
        var target = await destination.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closingTarget = target.ConfigureAwait(false);
        var output = new RecordOutput(target.Stream, destination.Envelope is not null ? 0 : Options.Indentation);
        await using var closingOutput = output.ConfigureAwait(false);
        var models = await ExportAsync(transaction, references, output, cancellationToken).ConfigureAwait(false);
        await output.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return new ExportResult
        {
            Models = [.. models.Select(model => model.Export.Counts(model.IsFromCheckpoint))],
            LeftOut = [.. models.SelectMany(model => model.Export.LeftOut())],
            Findings = findings,
            LeftOutElements = [.. models.SelectMany(model => model.Export.LeftOutElements())],
        };
    }

    internal IReadOnlyList<RowGroup> GroupsOf(RelocationEntity entity, ExportTransaction transaction)
    {
        if (!_groups.TryGetValue(entity, out var groups))
        {
            groups = RowGroup.Of(entity, Layouts, _engine, transaction, _writers);
            _groups.Add(entity, groups);
        }

        return groups;
    }

    /// <summary>The scope of a model's current row, by the model's rule (docs/sentry-import.md, section 3.1).</summary>
    internal string ScopeOf(RelocationEntity entity, RowSource source)
    {
        var rule = entity.ScopeRule!;
        if (rule.Follow is not { } name)
        {
            return rule.WhenAnySet.Any(field => source.Record[field] is not null) ? rule.Then : rule.Otherwise;
        }

        var reference = entity.References.First(reference => reference.Name == name);
        var key = PlainValue.KeyOf(source.Record[reference.Fields[0]]);
        return key is { } known ? _scopes.GetValueOrDefault((reference.Target, known), rule.Otherwise) : rule.Otherwise;
    }

    /// <summary>Notes a record's scope where that of others follows it.</summary>
    internal void NoteScope(RelocationEntity entity, RowSource source)
    {
        if (_followed.Contains(entity.Label))
        {
            _scopes[(entity.Label, source.Record.Key)] = ScopeOf(entity, source);
        }
    }

    internal void Report(ModelLabel model)
    {
        if (++_records % RecordsBetweenReports == 0)
        {
            Options.Progress?.Report(new ExportProgress(model, _records, _done, Plan.Models.Count));
        }
    }

    /// <summary>
    /// Where records refer to later ones that may be left out, all are read before the first is written, until nothing changes: in one
    /// round more than the longest chain of such references.
    /// </summary>
    private async Task<ReferenceSettlement> SettleAsync(ExportTransaction transaction, CancellationToken cancellationToken)
    {
        var references = new ReferenceSettlement(Plan, Options);
        while (references.LooksAhead && !references.IsStable)
        {
            await ExportAsync(transaction, references, null, cancellationToken).ConfigureAwait(false);
            references = references.IsStable ? references : new ReferenceSettlement(Plan, Options, references);
        }

        return references.IsStable ? new ReferenceSettlement(Plan, Options, references) : references;
    }

    private async Task<List<(ModelExport Export, bool IsFromCheckpoint)>> ExportAsync(
        ExportTransaction transaction, ReferenceSettlement references, RecordOutput? output, CancellationToken cancellationToken)
    {
        var models = new List<(ModelExport Export, bool IsFromCheckpoint)>();
        var session = new ExportSession(this, transaction, references);
        _done = 0;
        foreach (var entity in Plan.Models.Select(planned => planned.Entity).Where(Options.Takes))
        {
            var export = new ModelExport(entity, this, references);
            var isFromCheckpoint = false;
            if (output is null || Options.Checkpoint is not { } checkpoint)
            {
                await export.RunAsync(transaction, session, output, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                isFromCheckpoint = await new CheckpointedModel(checkpoint, entity.Label)
                    .ExportAsync(export, transaction, session, output, cancellationToken).ConfigureAwait(false);
            }

            models.Add((export, isFromCheckpoint));
            _done++;
            if (output is not null)
            {
                Options.Progress?.Report(new ExportProgress(entity.Label, _records, _done, Plan.Models.Count));
                var counts = export.Counts(isFromCheckpoint);
                ExportLog.ModelExported(Options.Logger, entity.Label, counts.Exported, counts.LeftOut);
            }
        }

        return models;
    }
}
