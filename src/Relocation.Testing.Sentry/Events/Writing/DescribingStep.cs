using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Grouping;
using Relocation.Testing.Sentry.Events.Spans;
using Relocation.Testing.Sentry.Events.Tagging;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Tags, describes and hashes an event: what is done without the database, once its release is known (docs/events.md, What is done).
/// </summary>
internal sealed class DescribingStep(ProjectStep projects, EventSettings settings)
{
    internal void Apply(EventJob job)
    {
        var data = job.Data;
        EventTags.SetUser(data);
        EventTags.SetUrl(data);
        AddDerived(job);
        EventTags.SetInterfaceTags(data);
        if (job.IsTransaction)
        {
            SpanGrouping.Apply(data);
        }

        try
        {
            job.Description = EventDescription.Describe(data);
        }
        catch (EventRefusedException) when (settings.Options.AssumeNormalized)
        {
            job.Outcome = EventOutcome.Failed;
            job.Reason = Errors.NoEventType();
            return;
        }

        job.Description.WriteTo(data);
        if (!job.IsGeneric)
        {
            job.SearchMessage = job.Description.SearchMessage(data);
        }

        if (job.IsOfErrors)
        {
            job.HashTexts = EventHashes.Apply(data, settings.Options.Grouping, projects.GroupingOf(job.Project));
        }
    }

    private void AddDerived(EventJob job)
    {
        if (settings.Options.DeriveTags is not { } derive)
        {
            return;
        }

        var tags = EventTags.Of(job.Data);
        foreach (var (key, value) in derive(job.Data))
        {
            if (!EventTags.Has(tags, key))
            {
                EventTags.Set(tags, key, value);
            }
        }
    }
}
