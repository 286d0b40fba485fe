using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Deciding;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Reporting;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Importing.Triggers;
using Relocation.Testing.Importing.Writing;

namespace Relocation.Testing.Importing;

/// <summary>One import, from the opened backup to the result.</summary>
internal sealed partial class ImportRun
{
    private readonly ImportSetup _setup;
    private readonly ImportPlan _plan;
    private readonly ImportOptions _options;
    private readonly Problems _problems;
    private readonly ImportCommits _commits;
    private readonly bool _keepsLines;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <param name="setup">What the import is made of.</param>
    /// <param name="isWithin">Whether the import is to run within a transaction of the caller's.</param>
    /// <param name="keepsLines">Whether the result remembers where each record stands.</param>
    internal ImportRun(ImportSetup setup, bool isWithin, bool keepsLines)
    {
        _setup = setup;
        (_plan, _options, _problems) = (setup.Plan, setup.Options, setup.Problems);
        _commits = CommitsFor(setup, isWithin);
        _keepsLines = keepsLines;
    }

    /// <summary>The way to commit that the options ask for.</summary>
    /// <exception cref="ArgumentException">They ask for what cannot be within a transaction of the caller's.</exception>
    private static ImportCommits CommitsFor(ImportSetup setup, bool isWithin) => setup.Options switch
    {
        { ResumeId: not null } when isWithin => throw ResumeErrors.ResumableWithinTransaction(),
        { Prepare: not null } when isWithin => throw ResumeErrors.PreparedWithinTransaction(),
        { ResumeId: { } importId } => new ResumableCommits(setup, importId),
        { Stop: { } stop } => new CountedCommits(setup, stop),
        _ => new ImportCommits(setup),
    };

    /// <summary>What has not been done when the database fails, and how things then stand.</summary>
    internal string WhatFailed() => _commits.WhatFailed;

    internal async Task<ImportResult> RunAsync(DbConnection connection, DbTransaction? outer, CancellationToken cancellationToken)
    {
        try
        {
            return await ImportAsync(connection, outer, cancellationToken).ConfigureAwait(false);
        }
        catch (RowRefusedException refusal)
        {
            // What was refused was asked for outside any one record.
            _problems.Add(
                BackupProblemKind.RowRefused,
                ImportErrors.RowRefused(refusal.Table, refusal),
                new PlaceRequest(0, string.Empty, null, null),
                refusal.InnerException);
            await _problems.ThrowIfAnyAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ImportResult> ImportAsync(DbConnection connection, DbTransaction? outer, CancellationToken cancellationToken)
    {
        var policies = new ModelPolicies(_plan, _options);
        using var noted = new NotedRecords(_plan, _options, policies);
        var index = await IndexAsync(noted, cancellationToken).ConfigureAwait(false);

        var context = new ImportContext(_plan, _options, new KeyTables(_plan.Model, index, _options.KnownKeys), noted, _problems);
        noted.Complete(index, context.Tables);
        var decisions = new Decisions(context, policies);
        await decisions.DecideAsync(index, cancellationToken).ConfigureAwait(false);
        await RefuseNothingAsync(index, context.Tables, cancellationToken).ConfigureAwait(false);

        var written = context.Models.Where(table => table.Taken > 0).ToList();
        var loads = TableLoads.For(written, context.Layouts);
        var transaction = await _commits.BeginAsync(connection, outer, loads, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            context.Generated.Now = _commits.StartedAt ?? context.Generated.Now;
            var triggers = await FiringTriggers.HoldBackAsync(written, context, transaction, cancellationToken).ConfigureAwait(false);
            UnknownColumns.Refuse(_plan.Model, transaction);
            policies.ForgetTriggersUnless(triggers.Fire);
            var session = new ImportSession(_plan.Model, _setup.Engine, _options, context.Tables, context.Generated, transaction);
            var rules = new ImportRules(_options.Rules, session, transaction);
            await rules.BeginAsync(_commits.IsResumed, cancellationToken).ConfigureAwait(false);
            await decisions.DecideAsync(written, transaction, session, cancellationToken).ConfigureAwait(false);

            var counters = new KeyCounters(context, transaction);
            if (_commits.LetOthersIn || triggers.Fire)
            {
                await counters.MoveAsync(written.FindAll(table => !decisions.IsLate(table)), cancellationToken).ConfigureAwait(false);
            }

            await _commits.CommitDecisionsAsync(cancellationToken).ConfigureAwait(false);
            await triggers.BeginCountingAsync(cancellationToken).ConfigureAwait(false);
            var pass = new WritingPass(context, transaction, decisions, triggers, counters, rules);
            await using var closing = pass.ConfigureAwait(false);
            var rows = await pass.WriteAsync(index, _setup.Content, _commits, cancellationToken).ConfigureAwait(false);
            LogWritten(_options.Logger, rows, _clock.ElapsedMilliseconds);

            _options.Progress?.Report(new ImportProgress(ImportStep.Verifying, 0, null, null));
            await pass.RefuseDriftAsync(cancellationToken).ConfigureAwait(false);
            var report = new ResultBuilder(context, _setup.Content, index, pass.Readers, decisions, _keepsLines);
            var result = await report.BuildAsync(transaction.Enforcement, _commits, cancellationToken).ConfigureAwait(false);
            await pass.FinishAsync(written, cancellationToken).ConfigureAwait(false);
            result.TriggeredRows = triggers.Rows;
            await _commits.CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
            LogCommitted(_options.Logger, _clock.ElapsedMilliseconds);
            return result;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Indexed {Records} records of {Models} models after {Elapsed} ms.")]
    private static partial void LogIndexed(ILogger logger, int records, int models, long elapsed);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote {Rows} rows after {Elapsed} ms.")]
    private static partial void LogWritten(ILogger logger, long rows, long elapsed);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Checked foreign keys and committed after {Elapsed} ms.")]
    private static partial void LogCommitted(ILogger logger, long elapsed);

    private async Task<BackupIndex> IndexAsync(NotedRecords noted, CancellationToken cancellationToken)
    {
        var progress = _options.Progress is { } listener ? new BytesProgress(listener, _setup.Content.Length) : null;
        var index = await BackupIndexer.IndexAsync(
            _setup.Content, _plan.Model, noted.Observers, _options.Limits, _options.IncludeValuesInErrors, progress, cancellationToken)
            .ConfigureAwait(false);
        foreach (var records in index.Models)
        {
            if (DeclaredDriftLog.IsUnknown(_plan.Model, records.Label)
                && _plan.Model.LeftOutParts.FirstOrDefault(part => part.IsModel && part.Label == records.Label) is { } leftOut)
            {
                _problems.Add(BackupProblemKind.UnknownModel, ImportErrors.ModelLeftOut(leftOut, records.Count), records.PlaceOf(0, null));
            }
        }

        foreach (var records in _options.UnknownModels != DriftPolicy.Refuse
            ? []
            : index.Models.Where(records => DeclaredDriftLog.IsUnknown(_plan.Model, records.Label)))
        {
            _problems.Add(
                BackupProblemKind.UnknownModel,
                ImportErrors.UnknownModel(records.Label, records.Count, _plan.Model.Name),
                records.PlaceOf(0, null));
        }

        await _problems.ThrowIfAnyAsync(cancellationToken).ConfigureAwait(false);
        LogIndexed(_options.Logger, index.RecordCount, index.Models.Count, _clock.ElapsedMilliseconds);
        return index;
    }

    /// <summary>An import that has nothing to do is refused before it makes a table or clears one.</summary>
    private Task RefuseNothingAsync(BackupIndex index, KeyTables tables, CancellationToken cancellationToken)
    {
        if (ImportFindings.WhyNothing(_plan, index, tables, _options) is { } reason)
        {
            _problems.Add(BackupProblemKind.NothingTaken, reason, new PlaceRequest(0, string.Empty, null, null));
        }

        return _problems.ThrowIfAnyAsync(cancellationToken);
    }
}
