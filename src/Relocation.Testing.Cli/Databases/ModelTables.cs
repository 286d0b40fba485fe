using System.Data.Common;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Schemas;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Creates missing tables of a model within the import's transaction.</summary>
/// <param name="schema">Whether to create them.</param>
/// <param name="engine">The database's engine.</param>
/// <param name="resumeId">The identity of a resumable import, or null.</param>
internal sealed class ModelTables(SchemaChoice schema, DatabaseEngine engine, Guid? resumeId)
{
    /// <summary>Whether they were created. A failed import rolls them back.</summary>
    internal bool AreMade { get; private set; }

    /// <summary>Creates them, if requested.</summary>
    /// <param name="transaction">The import's transaction.</param>
    /// <param name="model">The model.</param>
    /// <param name="create">Creates the tables, none of which exists.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="RelocationModelException">Tables were to be created, and some exist.</exception>
    internal async Task MakeAsync(
        DbTransaction transaction,
        RelocationModel model,
        Func<DbTransaction, RelocationModel, DatabaseEngine, CancellationToken, Task> create,
        CancellationToken cancellationToken)
    {
        if (schema == SchemaChoice.Leave)
        {
            return;
        }

        var existing = await ModelSchema.FindExistingAsync(transaction, model, engine, cancellationToken).ConfigureAwait(false);
        if (existing.Count == 0)
        {
            await create(transaction, model, engine, cancellationToken).ConfigureAwait(false);
            await engine.Schema.CompleteAsync(transaction.Connection!, model, cancellationToken).ConfigureAwait(false);
            AreMade = true;
        }
        else if (schema == SchemaChoice.Create && !await IsResumedAsync(transaction, cancellationToken).ConfigureAwait(false))
        {
            throw SchemaErrors.TablesExist(model.Name, existing);
        }
    }

    /// <summary>Whether an earlier attempt has created the tables.</summary>
    private async Task<bool> IsResumedAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        resumeId is { } id && await ImportLedger.CountCommittedAsync(transaction, engine, id, cancellationToken).ConfigureAwait(false) > 0;
}
