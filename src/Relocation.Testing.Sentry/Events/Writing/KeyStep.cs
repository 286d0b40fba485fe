using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Gives new rows their keys, for all tables in one statement: in the order in which single events would have got them.</summary>
internal static class KeyStep
{
    internal static async Task GiveAsync(BatchRows rows, EventSession session, CancellationToken cancellationToken)
    {
        var wanted = new IReadOnlyList<BatchRow>[KeyedTables.Names.Count];
        wanted[(int)KeyedTable.Release] = rows.Releases.New;
        wanted[(int)KeyedTable.ReleaseProject] = rows.ReleaseProjects.New;
        wanted[(int)KeyedTable.Distribution] = rows.Distributions.New;
        wanted[(int)KeyedTable.Environment] = rows.Environments.New;
        wanted[(int)KeyedTable.EnvironmentProject] = rows.EnvironmentProjects.New;
        wanted[(int)KeyedTable.Group] = rows.NewGroups;
        wanted[(int)KeyedTable.GroupHash] = rows.Hashes.New;
        wanted[(int)KeyedTable.Counter] = [.. rows.Counters.New.Where(row => row.IsChanged)];
        wanted[(int)KeyedTable.GroupEnvironment] = rows.GroupEnvironments.New;
        wanted[(int)KeyedTable.GroupRelease] = rows.GroupReleases.New;
        wanted[(int)KeyedTable.ReleaseEnvironment] = rows.ReleaseEnvironments.New;
        wanted[(int)KeyedTable.ReleaseProjectEnvironment] = rows.ReleaseProjectEnvironments.New;
        wanted[(int)KeyedTable.Activity] = rows.NewActivities;
        wanted[(int)KeyedTable.GroupHistory] = rows.NewHistories;
        wanted[(int)KeyedTable.Attachment] = rows.Attachments;
        wanted[(int)KeyedTable.Blob] = rows.Blobs.New;
        wanted[(int)KeyedTable.Stream] = rows.Stream.New;
        wanted[(int)KeyedTable.StreamLog] = rows.StreamLog;

        var statement = session.Sql.NextKeys;
        var cells = session.CellsOf(statement);
        for (var table = 0; table < wanted.Length; table++)
        {
            if (wanted[table].Count > 0)
            {
                cells.Add(table).Add(KeyedTables.Names[table]).Add(wanted[table].Count).EndRow();
            }
        }

        var given = new int[wanted.Length];
        await session.ReadAsync(
            statement,
            cells,
            reader =>
            {
                var (table, key) = (reader.GetInt32(0), reader.GetInt64(1));
                if (!session.Sql.GivesLastKeys)
                {
                    wanted[table][given[table]++].Id = key;
                    return;
                }

                foreach (var row in wanted[table])
                {
                    row.Id = ++key;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }
}
