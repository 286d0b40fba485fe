using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Reads groups, and writes what has changed of them.</summary>
internal static class GroupRows
{
    internal static async Task<IReadOnlyList<GroupRow>> ReadAsync(EventSession session, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var cells = session.CellsOf(LookUps.Groups);
        foreach (var id in ids)
        {
            cells.Add(id).EndRow();
        }

        var groups = new List<GroupRow>();
        await session.ReadAsync(LookUps.Groups, cells, reader => groups.Add(Read(session, reader)), cancellationToken).ConfigureAwait(false);
        return groups;
    }

    /// <summary>Writes what is no part of an index, and what is only where it has changed: a group has many indexes.</summary>
    internal static async Task UpdateAsync(EventSession session, IEnumerable<GroupRow> groups, CancellationToken cancellationToken)
    {
        var (contents, sightings, states) = (session.CellsOf(Updates.Groups), session.CellsOf(Updates.GroupSightings), session.CellsOf(Updates.GroupStates));
        foreach (var group in groups)
        {
            contents.Add(group.Id).Add(session.Documents.Add(group.Message)).Add(group.Culprit).Add(session.Documents.Add(group.Data)).Add(group.TimesSeen)
                .Add(group.Score).EndRow();
            if (group.IsSeen)
            {
                sightings.Add(group.Id).Add(group.LastSeen).EndRow();
            }

            if (group.HasOtherState)
            {
                states.Add(group.Id).Add(group.Level).Add(group.FirstSeen).Add(group.ActiveAt).Add(group.Status).Add(group.Substatus).EndRow();
            }
        }

        await session.WriteAsync(Updates.Groups, contents, cancellationToken).ConfigureAwait(false);
        await session.WriteAsync(Updates.GroupSightings, sightings, cancellationToken).ConfigureAwait(false);
        await session.WriteAsync(Updates.GroupStates, states, cancellationToken).ConfigureAwait(false);
    }

    private static GroupRow Read(EventSession session, System.Data.Common.DbDataReader reader) => new(Text(reader, 9))
    {
        Id = reader.GetInt64(0),
        ProjectId = reader.GetInt64(1),
        ShortId = Number(reader, 2),
        Type = reader.GetInt64(3),
        Status = reader.GetInt64(4),
        Substatus = Number(reader, 5),
        Level = reader.GetInt64(6),
        Message = reader.GetString(7),
        Culprit = Text(reader, 8),
        FirstSeen = session.Instant(reader, 10),
        LastSeen = session.Instant(reader, 11),
        ActiveAt = session.OptionalInstant(reader, 12),
        TimesSeen = reader.GetInt64(13),
        Score = reader.GetInt64(14),
    };

    private static string? Text(System.Data.Common.DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long? Number(System.Data.Common.DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
