using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>
/// Writes rows as imports do, within a task's transaction, key counters included, so that a killed attempt and the next one use the same
/// keys (docs/tasks.md, What fails, and when).
/// </summary>
internal sealed class RowsBeside : ImportRule
{
    private readonly Func<ImportSession, CancellationToken, Task> _write;

    private RowsBeside(Func<ImportSession, CancellationToken, Task> write) => _write = write;

    internal static Task WriteAsync(
        TaskSql sql, TaskContext context, Func<ImportSession, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var options = new ImportOptions
        {
            Rules = [new RowsBeside(write)], Seed = context.Seed, Clock = context.Options.Clock, Logger = context.Logger,
        };
        var importer = new BackupImporter(SentryModel.CreateForImport(sql.Engine, context.Options.Version), sql.Engine, options);
        return importer.ImportAsync(sql.Transaction!, Backup.FromJson("[]", "no records"), cancellationToken);
    }

    public override Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken) => _write(session, cancellationToken);
}
