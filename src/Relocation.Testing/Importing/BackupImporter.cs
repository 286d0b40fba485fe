using System.Data.Common;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>Imports backups into databases of one model.</summary>
/// <remarks>An importer holds no state of an import: one may serve many imports at a time.</remarks>
public sealed class BackupImporter
{
    private readonly DatabaseEngine _engine;
    private readonly ImportOptions _options;
    private readonly Patience? _outer;

    /// <summary>Binds a model, an engine and options together; what holds for every import is worked out here, once.</summary>
    /// <param name="model">The model of the backups and of the database.</param>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    /// <exception cref="ArgumentException"><see cref="ImportOptions.Models"/> names what the model does not have.</exception>
    /// <exception cref="RelocationModelException">Models need each other in a circle that cannot be cut, or the options do not fit the model.</exception>
    public BackupImporter(RelocationModel model, DatabaseEngine engine, ImportOptions? options = null)
        : this(model, engine, options, patience: null)
    {
    }

    /// <param name="model">The model of the backups and of the database.</param>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    /// <param name="patience">How long others are waited for where the options do not say, and who hears of it besides their log; or null.</param>
    internal BackupImporter(RelocationModel model, DatabaseEngine engine, ImportOptions? options, Patience? patience)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = options ?? new ImportOptions();
        _outer = patience;
        model = model.With(_options.Models).WithRules(_options.BackupRules);
        Plan = ImportPlan.For(model);
        ModelPolicies.Check(model, _options);
    }

    /// <summary>The order in which models are imported.</summary>
    public ImportPlan Plan { get; }

    /// <summary>
    /// Imports a backup in a transaction of its own: wholly, or not at all; or chunk by chunk, with <see cref="ImportOptions.ResumeId"/>.
    /// </summary>
    /// <param name="connection">An open connection of the engine, without a transaction.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <exception cref="BackupFormatException">The backup cannot be read. The database is as it was.</exception>
    /// <exception cref="ImportException">The backup does not fit the model or the database, which is as it was.</exception>
    /// <exception cref="DatabaseException">The database cannot take the import, whatever is in the backup: its fault tells why.</exception>
    /// <exception cref="ResumeRefusedException">The import was begun otherwise than it would go on.</exception>
    /// <exception cref="RelocationModelException">The database lacks tables or columns of the model.</exception>
    public Task<ImportResult> ImportAsync(DbConnection connection, Backup backup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ImportAsync(connection, null, backup, keepsLines: false, cancellationToken);
    }

    /// <summary>
    /// Imports a backup within a transaction of the caller's, which decides whether it stays. When the import fails, what it
    /// wrote is taken back and the transaction goes on as it was.
    /// </summary>
    /// <param name="transaction">A transaction of the engine.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="BackupFormatException">The backup cannot be read.</exception>
    /// <exception cref="ImportException">The backup does not fit the model or the database.</exception>
    /// <exception cref="DatabaseException">The database cannot take the import, whatever is in the backup: its fault tells why.</exception>
    /// <exception cref="RelocationModelException">The database lacks tables or columns of the model.</exception>
    public Task<ImportResult> ImportAsync(DbTransaction transaction, Backup backup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var connection = transaction.Connection
            ?? throw new ArgumentException("The transaction has ended. Give one that is open.", nameof(transaction));
        return ImportAsync(connection, transaction, backup, keepsLines: false, cancellationToken);
    }

    /// <summary>
    /// Has a database forget a resumable import, whose rows the caller has removed: under the same id another one may begin. The rows stay as they
    /// are.
    /// </summary>
    /// <param name="transaction">A transaction of the engine; it decides whether the import is forgotten.</param>
    /// <param name="engine">The kind of database.</param>
    /// <param name="resumeId">The import's <see cref="ImportOptions.ResumeId"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Whether the database knew it.</returns>
    /// <exception cref="ArgumentException">The transaction has ended.</exception>
    public static async Task<bool> ForgetAsync(
        DbTransaction transaction, DatabaseEngine engine, Guid resumeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(engine);
        return transaction.Connection is null
            ? throw new ArgumentException("The transaction has ended. Give one that is open.", nameof(transaction))
            : await ImportLedger.ForgetAsync(transaction, engine, resumeId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a database remembers a resumable import, ended or not: one that has to be gone on with chunk by chunk.</summary>
    /// <param name="transaction">A transaction of the engine.</param>
    /// <param name="engine">The kind of database.</param>
    /// <param name="resumeId">The import's <see cref="ImportOptions.ResumeId"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">The transaction has ended.</exception>
    public static async Task<bool> IsRememberedAsync(
        DbTransaction transaction, DatabaseEngine engine, Guid resumeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(engine);
        return transaction.Connection is null
            ? throw new ArgumentException("The transaction has ended. Give one that is open.", nameof(transaction))
            : await ImportLedger.CountCommittedAsync(transaction, engine, resumeId, cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Imports a backup and remembers where each record stands, for <see cref="TypedPrimaryKeyMap.Origin(object)"/>.</summary>
    internal Task<ImportResult> ImportWithLinesAsync(
        DbConnection connection, DbTransaction? outer, Backup backup, CancellationToken cancellationToken) =>
        ImportAsync(connection, outer, backup, keepsLines: true, cancellationToken);

    private async Task<ImportResult> ImportAsync(
        DbConnection connection, DbTransaction? outer, Backup backup, bool keepsLines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        if (!_engine.Owns(connection))
        {
            throw ImportErrors.WrongEngine(_engine, connection.GetType());
        }

        var patience = WaitLog.PatienceOf(_options.WaitLimit, nameof(ImportOptions.WaitLimit), _options.Logger, _outer);
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using var closing = content.ConfigureAwait(false);
        var run = new ImportRun(new ImportSetup(Plan, _engine, _options, content, patience), outer is not null, keepsLines);
        return await _engine.TranslateAsync(
            run.WhatFailed, () => run.RunAsync(connection, outer, cancellationToken), fault => _engine.Placed(fault, connection)).ConfigureAwait(false);
    }
}
