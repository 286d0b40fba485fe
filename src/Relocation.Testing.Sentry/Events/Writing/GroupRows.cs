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

    /// <summary>Writes what has changed: each group by the statement that names no more columns of indexes than it needs.</summary>
    internal static async Task UpdateAsync(EventSession session, IEnumerable<GroupRow> groups, CancellationToken cancellationToken)
    {
        var written = new Dictionary<RowStatement, RowCells>();
        foreach (var group in groups)
        {
            var statement = StatementFor(group);
            if (!written.TryGetValue(statement, out var cells))
            {
                cells = session.CellsOf(statement);
                written.Add(statement, cells);
            }

            Add(session, cells, group);
            cells.EndRow();
        }

        foreach (var (statement, cells) in written)
        {
            await session.WriteAsync(statement, cells, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RowStatement StatementFor(GroupRow group) => group switch
    {
        { IsReopened: true } => Updates.GroupStates,
        { IsSeen: true, HasOtherLevel: true } => Updates.GroupSightingsAndLevels,
        { HasOtherLevel: true } => Updates.GroupLevels,
        { IsSeen: true } => Updates.GroupSightings,
        _ => Updates.Groups,
    };

    /// <summary>The cells of <see cref="StatementFor"/>, in the order of its columns.</summary>
    private static void Add(EventSession session, RowCells cells, GroupRow group)
    {
        cells.Add(group.Id).Add(session.Documents.Add(group.Message)).Add(group.Culprit).Add(session.Documents.Add(group.Data)).Add(group.TimesSeen)
            .Add(group.Score);
        if (group.IsSeen || group.IsReopened)
        {
            cells.Add(group.LastSeen);
        }

        if (group.HasOtherLevel || group.IsReopened)
        {
            cells.Add(group.Level).Add(group.FirstSeen);
        }

        if (group.IsReopened)
        {
            cells.Add(group.ActiveAt).Add(group.Status).Add(group.Substatus);
        }
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
