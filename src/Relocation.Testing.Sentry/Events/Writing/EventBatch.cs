using Relocation.Testing.Sentry.Events.Attaching;
using Relocation.Testing.Sentry.Events.Buffering;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;
using Relocation.Testing.Sentry.Events.Tagging;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Saves events as if one after another: all that they may need is looked for first, one query a table; then each event takes its steps in memory and
/// sees what those before it have done; at the end everything is written, one statement a table.
/// </summary>
/// <param name="settings">What the writer's batches share.</param>
/// <param name="session">The batch's statements.</param>
/// <param name="isOfCaller">Whether the transaction is the caller's, and goes on afterwards as it was before.</param>
internal sealed class EventBatch(EventSettings settings, EventSession session, bool isOfCaller)
{
    private readonly BatchRows _rows = new();
    private EventJob[] _jobs = [];
    private ReleaseStep? _releases;

    /// <summary>What was held back, if anything is to be.</summary>
    internal HeldUpdates Held { get; } = new();

    /// <exception cref="EventRefusedException">An event cannot be stored by anybody.</exception>
    internal async Task RunAsync(IReadOnlyList<EventInput> events, CancellationToken cancellationToken)
    {
        _jobs = new EventIntake(settings).TakeAll(events);
        var projects = new ProjectStep(_rows, session);
        await projects.LoadAsync(_jobs, cancellationToken).ConfigureAwait(false);
        _releases = new ReleaseStep(_rows, session, settings);
        await _releases.LoadAsync(_jobs, cancellationToken).ConfigureAwait(false);
        foreach (var job in _jobs)
        {
            _releases.Apply(job);
        }

        var describing = new DescribingStep(projects, settings);
        var isOurs = settings.Options is { DeriveTags: null, Grouping: EventGrouping };
        EachEvent.Do(_jobs.Length, isOurs && EachEvent.AreIndependent(events), at => Describe(_jobs[at], describing));
        await _releases.AddDistributionsAsync(_jobs, cancellationToken).ConfigureAwait(false);
        await StoreAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Remembers the releases, where that is wanted. Everything is stored by now.</summary>
    internal void KeepReleases() => _releases?.Keep();

    internal IReadOnlyList<EventResult> Results() => Array.ConvertAll(_jobs, static job => job.ToResult());

    private void Describe(EventJob job, DescribingStep describing)
    {
        try
        {
            EventTags.SetTopLevel(job.Data);
            ReleaseStep.SetTags(job);
            describing.Apply(job);
            job.Draft = PayloadDraft.Of(job, session.Drafts);
        }
        catch (Exception exception) when (UnwritablePayload.MayExplain(exception) && UnwritablePayload.Of(job.Data, job.Index) is { } refusal)
        {
            throw refusal;
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var regressions = new RegressionStep(_rows, session);
        var groups = new GroupStep(_rows, session, settings, regressions, Held);
        var environments = new EnvironmentStep(_rows, session, settings, Held);
        var stream = new StreamStep(_rows, session);
        var attachments = new AttachmentStep(_rows, session);
        await groups.LoadAsync(_jobs, cancellationToken).ConfigureAwait(false);
        await regressions.LoadAsync(cancellationToken).ConfigureAwait(false);
        await environments.LoadAsync(_jobs, cancellationToken).ConfigureAwait(false);
        await stream.LoadAsync(_jobs, cancellationToken).ConfigureAwait(false);
        await attachments.LoadAsync(_jobs, cancellationToken).ConfigureAwait(false);

        var payloads = new PayloadStep(_rows, session, settings);
        foreach (var job in _jobs.Where(job => job.Outcome == EventOutcome.Saved))
        {
            if (job.IsOfErrors)
            {
                groups.Apply(job);
            }

            if (job.Outcome == EventOutcome.Saved)
            {
                TryFinish(job, environments, attachments, payloads, stream);
            }
        }

        var compression = await session.CompressFastAsync(cancellationToken).ConfigureAwait(false);
        await new BatchWriter(_rows, session, settings).WriteAsync(cancellationToken).ConfigureAwait(false);
        if (compression is not null && isOfCaller)
        {
            await session.SetCompressionAsync(compression, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="EventRefusedException">The payload cannot be written.</exception>
    private void TryFinish(EventJob job, EnvironmentStep environments, AttachmentStep attachments, PayloadStep payloads, StreamStep stream)
    {
        try
        {
            Finish(job, environments, attachments, payloads, stream);
        }
        catch (Exception exception) when (UnwritablePayload.MayExplain(exception) && UnwritablePayload.Of(job.Data, job.Index) is { } refusal)
        {
            throw refusal;
        }
    }

    private void Finish(EventJob job, EnvironmentStep environments, AttachmentStep attachments, PayloadStep payloads, StreamStep stream)
    {
        environments.Apply(job);
        if (settings.IsDeferred && job.Group is not null)
        {
            Held.Projects.Add(job.Project.Id);
        }

        var taken = job.IsOfErrors ? attachments.Take(job) : [];
        payloads.Apply(job, taken);
        if (job.IsOfErrors && !settings.Options.Raw && job.Project.FirstEvent is null)
        {
            job.Project.FirstEvent = job.Time;
            job.Project.IsChanged = true;
        }

        if (job.IsTransaction && !settings.Options.SkipFirstTransaction)
        {
            job.Project.Raise(ProjectFlags.HasTransactions);
        }

        if (!job.IsGeneric)
        {
            stream.Apply(job);
        }

        attachments.Store(taken);
    }
}
