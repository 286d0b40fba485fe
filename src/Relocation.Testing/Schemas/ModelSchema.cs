using System.Data.Common;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Schemas;

/// <summary>Creates the tables of a model that has no <c>DbContext</c> to create them: a catalogue, or one made by hand.</summary>
internal static class ModelSchema
{
    /// <summary>Creates all tables with their keys, unique sets, checks, foreign keys and indexes, or none of them.</summary>
    /// <param name="connection">An open connection that has no transaction.</param>
    /// <param name="model">The model.</param>
    /// <param name="engine">The connection's engine; the model's store types are this engine's.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationModelException">
    /// Two models share a table, a table exists already, or the database refuses a table. The database is as it was.
    /// </exception>
    internal static async Task CreateAsync(
        DbConnection connection, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await CreateAsync(transaction, model, engine, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        await engine.Schema.CompleteAsync(connection, model, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates all tables within the caller's transaction.</summary>
    /// <param name="transaction">
    /// A transaction of the engine. When it goes on, its connection learns the new types from <see cref="SchemaDialect.CompleteAsync"/>.
    /// </param>
    /// <param name="model">The model.</param>
    /// <param name="engine">The connection's engine; the model's store types are this engine's.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RelocationModelException">
    /// Two models share a table, a table exists already, or the database refuses a table. The transaction must be rolled back.
    /// </exception>
    internal static async Task CreateAsync(
        DbTransaction transaction, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken)
    {
        RefuseSharedTables(model, engine);
        var existing = await FindExistingAsync(transaction, model, engine, cancellationToken).ConfigureAwait(false);
        if (existing.Count > 0)
        {
            throw SchemaErrors.TablesExist(model.Name, existing);
        }

        await CreateAsync(transaction, model, model.Entities, engine, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CreateAsync(
        DbTransaction transaction,
        RelocationModel model,
        IReadOnlyList<RelocationEntity> made,
        DatabaseEngine engine,
        CancellationToken cancellationToken)
    {
        await engine.Schema.PrepareAsync(transaction, model, cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync(transaction, Script(model, made, engine), cancellationToken).ConfigureAwait(false);
        }
        catch (DbException refusal)
        {
            throw SchemaErrors.SchemaRefused(model.Name, engine.Name, refusal);
        }
    }

    /// <summary>Creates those of the model's tables that the database does not have, or none of them.</summary>
    /// <param name="connection">An open connection that has no transaction.</param>
    /// <param name="model">The model.</param>
    /// <param name="engine">The connection's engine; the model's store types are this engine's.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The names of the tables that were made.</returns>
    /// <exception cref="RelocationModelException">Two models share a table, or the database refuses a table. The database is as it was.</exception>
    internal static async Task<IReadOnlyList<string>> CreateMissingAsync(
        DbConnection connection, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> made;
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            made = await CreateMissingAsync(transaction, model, engine, cancellationToken).ConfigureAwait(false);
            if (made.Count == 0)
            {
                return made;
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        await engine.Schema.CompleteAsync(connection, model, cancellationToken).ConfigureAwait(false);
        return made;
    }

    /// <summary>The same within the caller's transaction.</summary>
    /// <param name="transaction">
    /// A transaction of the engine. When it goes on, its connection learns the new types from <see cref="SchemaDialect.CompleteAsync"/>.
    /// </param>
    /// <param name="model">The model.</param>
    /// <param name="engine">The connection's engine; the model's store types are this engine's.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The names of the tables that were made.</returns>
    /// <exception cref="RelocationModelException">
    /// Two models share a table, or the database refuses a table. The transaction must be rolled back.
    /// </exception>
    internal static async Task<IReadOnlyList<string>> CreateMissingAsync(
        DbTransaction transaction, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken)
    {
        RefuseSharedTables(model, engine);
        var existing = (await FindExistingAsync(transaction, model, engine, cancellationToken).ConfigureAwait(false))
            .ToHashSet(engine.Schema.TableNames);
        IReadOnlyList<RelocationEntity> missing = [.. model.Entities.Where(entity => !existing.Contains(TableName(entity, engine)))];
        if (missing.Count > 0)
        {
            await CreateAsync(transaction, model, missing, engine, cancellationToken).ConfigureAwait(false);
        }

        return [.. missing.Select(entity => TableName(entity, engine))];
    }

    /// <summary>All statements, in the order in which they have to run.</summary>
    internal static IReadOnlyList<string> Script(RelocationModel model, DatabaseEngine engine) => Script(model, model.Entities, engine);

    private static IReadOnlyList<string> Script(RelocationModel model, IReadOnlyList<RelocationEntity> made, DatabaseEngine engine)
    {
        var tables = made.Select(entity => new TableScript(entity, model, engine)).ToList();
        var schemas = engine.Schema.HasSchemas
            ? made.Select(entity => entity.Schema).OfType<string>().Distinct(StringComparer.Ordinal)
            : [];
        return
        [
            .. schemas.Select(schema => $"CREATE SCHEMA IF NOT EXISTS {engine.Quote(schema)}"),
            .. tables.Select(table => table.CreateTable()),
            .. tables.SelectMany(table => table.CreateIndexes()),
            .. tables.SelectMany(table => table.AddForeignKeys()),
        ];
    }

    /// <summary>Which of the model's tables, or views of their names, the database has.</summary>
    internal static Task<IReadOnlyList<string>> FindExistingAsync(
        DbTransaction transaction, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken) =>
        FindAsync(transaction, model.Entities.Select(entity => TableName(entity, engine)), engine, cancellationToken);

    /// <summary>Whether the database has a table, or a view, which the name alone finds.</summary>
    internal static async Task<bool> HasTableAsync(
        DbTransaction transaction, string name, DatabaseEngine engine, CancellationToken cancellationToken) =>
        (await FindAsync(transaction, [name], engine, cancellationToken).ConfigureAwait(false)).Count > 0;

    private static async Task<IReadOnlyList<string>> FindAsync(
        DbTransaction transaction, IEnumerable<string> names, DatabaseEngine engine, CancellationToken cancellationToken)
    {
        var wanted = names.ToHashSet(engine.Schema.TableNames);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var command = Command(transaction, engine.Schema.TablesQuery);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var name = reader.GetString(1);
                    if (reader.GetBoolean(2) && wanted.Contains(name))
                    {
                        found.Add(name);
                    }

                    if (!reader.IsDBNull(0) && wanted.Contains($"{reader.GetString(0)}.{name}"))
                    {
                        found.Add($"{reader.GetString(0)}.{name}");
                    }
                }
            }
        }

        return [.. found];
    }

    private static void RefuseSharedTables(RelocationModel model, DatabaseEngine engine)
    {
        var problems = model.Entities
            .GroupBy(entity => TableName(entity, engine), engine.Schema.TableNames)
            .Where(group => group.Count() > 1)
            .Select(group =>
                $"Table '{group.Key}' belongs to {group.Count()} models ({string.Join(", ", group)}). Give each its own table, "
                + "or create the schema yourself.")
            .ToList();
        if (problems.Count > 0)
        {
            throw ModelErrors.ModelDoesNotFit(model.Name, problems);
        }
    }

    private static string TableName(RelocationEntity entity, DatabaseEngine engine) =>
        entity.Schema is { } schema && engine.Schema.HasSchemas ? $"{schema}.{entity.Table}" : entity.Table;

    private static async Task RunAsync(DbTransaction transaction, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        var command = Command(transaction, string.Join($";{Environment.NewLine}", statements));
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

#pragma warning disable CA2100 // The text is made of quoted names and of what the model's author wrote as SQL.
    private static DbCommand Command(DbTransaction transaction, string text)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command;
    }
#pragma warning restore CA2100
}
