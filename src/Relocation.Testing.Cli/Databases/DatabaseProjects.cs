using System.Data.Common;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Reads the projects of a Sentry database, which may have any name.</summary>
internal static class DatabaseProjects
{
    /// <summary>The ids of the active projects, in order.</summary>
    /// <exception cref="EnvironmentException">The database cannot be read, or lacks the project.</exception>
    internal static async Task<IReadOnlyList<long>> ReadAsync(DatabaseLocation location, Patience patience, CancellationToken cancellationToken)
    {
        var database = await OpenDatabase.OpenAsync(location, mayCreate: false, allowAnyName: true, patience, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            try
            {
                var ids = await ReadAsync(database.Connection, cancellationToken).ConfigureAwait(false);
                return ids.Count > 0 ? ids : throw Errors.NoProjects(location.Description);
            }
            catch (DbException exception)
            {
                throw Errors.ProjectsUnreadable(location.Description, exception);
            }
        }
    }

    private static async Task<List<long>> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = "SELECT id FROM sentry_project WHERE status = 0 ORDER BY id";
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    ids.Add(reader.GetInt64(0));
                }
            }
        }

        return ids;
    }
}
