using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Makes the tables of a model without a context, and takes them away again.</summary>
internal static class ModelTables
{
    /// <summary>Whether the tables are missing, and the command line does not say that none be created.</summary>
    /// <exception cref="RelocationModelException">Tables were to be created, and some are there.</exception>
    internal static async Task<bool> AreToCreateAsync(
        OpenDatabase database, SchemaChoice schema, RelocationModel model, CancellationToken cancellationToken)
    {
        if (schema == SchemaChoice.Leave)
        {
            return false;
        }

        var transaction = await database.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var existing = await ModelSchema.FindExistingAsync(transaction, model, database.Engine, cancellationToken).ConfigureAwait(false);
            return schema == SchemaChoice.Create && existing.Count > 0
                ? throw Testing.Errors.TablesExist(model.Name, existing)
                : existing.Count == 0;
        }
    }

    /// <summary>Creates the tables, if so.</summary>
    internal static async Task<bool> CreateWhenAskedAsync(
        OpenDatabase database, SchemaChoice schema, RelocationModel model, CancellationToken cancellationToken)
    {
        var creates = await AreToCreateAsync(database, schema, model, cancellationToken).ConfigureAwait(false);
        if (creates)
        {
            await ModelSchema.CreateAsync(database.Connection, model, database.Engine, cancellationToken).ConfigureAwait(false);
        }

        return creates;
    }

    /// <summary>Drops all tables of a model; they have just been made, and hold nothing.</summary>
    internal static async Task DropAsync(OpenDatabase database, RelocationModel model)
    {
        var names = model.Entities.Select(entity => (entity.Schema is null || !database.Engine.Schema.HasSchemas
            ? string.Empty
            : database.Engine.Quote(entity.Schema) + ".") + database.Engine.Quote(entity.Table)).ToList();
        string[] statements = database.Connection is SqliteConnection
            ? ["PRAGMA foreign_keys = OFF", "BEGIN", .. names.Select(name => $"DROP TABLE {name}"), "COMMIT"]
            : [$"DROP TABLE {string.Join(", ", names)}"];
        foreach (var statement in statements)
        {
            var command = database.Connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
#pragma warning disable CA2100 // Names are quoted.
                command.CommandText = statement;
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
