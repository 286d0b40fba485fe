using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Engines;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Empties a database.</summary>
internal sealed class DatabaseReset
{
    internal required DatabaseLocation Location { get; init; }

    /// <summary>The model whose tables are emptied, or null for all tables.</summary>
    internal ModelSource? Model { get; init; }

    /// <summary>Tables to keep.</summary>
    internal IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>How long to wait for others.</summary>
    internal required Patience Patience { get; init; }

    internal bool AllowAnyName { get; init; }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = new ResetOptions
        {
            Respawner = new RespawnerOptions
            {
                TablesToInclude = [.. Model?.CreateModel(Location.Engine).Entities.Select(TableOf) ?? []],
                TablesToIgnore = [.. Keep.Select(TableOf)],
            },
        };
        var database = await OpenDatabase.OpenAsync(Location, mayCreate: false, AllowAnyName, Patience, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await RequireKeptTablesAsync(database, cancellationToken).ConfigureAwait(false);
            await database.Engine.TranslateAsync(
                () => FaultErrors.NotReset(ResetTo.Empty),
                () => database.Engine.ResetToEmptyAsync(database.Connection, options, Patience, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>A misspelt table to keep would be emptied with the others.</summary>
    private async Task RequireKeptTablesAsync(OpenDatabase database, CancellationToken cancellationToken)
    {
        if (Keep.Count == 0)
        {
            return;
        }

        var missing = Keep.ToHashSet(database.Engine.Schema.TableNames);
        var command = database.Connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // A constant of the engine's.
            command.CommandText = database.Engine.Schema.TablesQuery;
#pragma warning restore CA2100
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var name = reader.GetString(1);
                    missing.Remove(name);
                    missing.Remove(reader.IsDBNull(0) ? name : $"{reader.GetString(0)}.{name}");
                }
            }
        }

        if (missing.Count > 0)
        {
            throw Errors.KeptTableMissing(missing.Order(StringComparer.Ordinal));
        }
    }

    private Table TableOf(RelocationEntity entity) =>
        entity.Schema is { } schema && Location.Engine.Schema.HasSchemas ? new Table(schema, entity.Table) : new Table(entity.Table);

    private static Table TableOf(string name)
    {
        var parts = name.Split('.', 2);
        return parts.Length == 2 ? new Table(parts[0], parts[1]) : new Table(name);
    }
}
