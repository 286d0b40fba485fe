using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Sends events to the stream, of which a reader keeps one insert a project, day and id, the latest (docs/events.md, Payload and stream);
/// every insert is logged.
/// </summary>
internal sealed class StreamStep(BatchRows rows, EventSession session)
{
    internal async Task LoadAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<(long, string, string)>();
        var cells = session.CellsOf(LookUps.Stream);
        foreach (var job in jobs)
        {
            if (!job.IsGeneric && wanted.Add((job.Project.Id, job.Day, job.EventId)))
            {
                cells.Add(job.Project.Id).Add(job.Day).Add(job.EventId).EndRow();
            }
        }

        await session.ReadAsync(
            LookUps.Stream,
            cells,
            reader => rows.Stream.Add(
                (reader.GetInt64(0), reader.GetString(1), reader.GetString(2)), new StreamRow { Id = reader.GetInt64(3), Inserts = reader.GetInt64(4) }),
            cancellationToken).ConfigureAwait(false);
    }

    internal void Apply(EventJob job)
    {
        var key = (job.Project.Id, job.Day, job.EventId);
        var row = rows.Stream.Find(key) ?? rows.Stream.Add(key, new StreamRow { IsNew = true, Inserts = 0 });
        row.Inserts++;
        row.IsChanged = true;
        var entry = new StreamLogRow { IsNew = true, Job = job };
        row.Latest = entry;
        rows.StreamLog.Add(entry);
    }
}
