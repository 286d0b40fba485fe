using System.Data.Common;
using Relocation.Testing.Schemas;

namespace Relocation.Testing.Engines;

/// <summary>What <see cref="ModelSchema"/> has to say differently on each engine.</summary>
internal abstract class SchemaDialect
{
    /// <summary>Whether tables live in schemas. Where they don't, <see cref="RelocationEntity.Schema"/> says nothing.</summary>
    internal abstract bool HasSchemas { get; }

    /// <summary>Whether a foreign key can be added to a table that is there; where not, it is part of the table's definition.</summary>
    internal abstract bool AddsForeignKeys { get; }

    /// <summary>Whether a unique constraint can be checked at the end of a transaction.</summary>
    internal abstract bool DefersUniques { get; }

    /// <summary>
    /// A query for the tables and views of the database: schema (null where there is none), name, and whether the name alone
    /// finds it.
    /// </summary>
    internal abstract string TablesQuery { get; }

    /// <summary>How names of tables compare.</summary>
    internal abstract StringComparer TableNames { get; }

    /// <summary>The type and constraint of a single key column that the database counts up by itself.</summary>
    /// <param name="key">The key's field.</param>
    /// <param name="constraint">The quoted name of the primary key's constraint.</param>
    internal abstract string CountedKey(RelocationField key, string constraint);

    /// <summary>Makes what the tables need before they can be created.</summary>
    internal virtual Task PrepareAsync(DbTransaction transaction, RelocationModel model, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Lets the connection learn what was created, once it is committed.</summary>
    internal virtual Task CompleteAsync(DbConnection connection, RelocationModel model, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
