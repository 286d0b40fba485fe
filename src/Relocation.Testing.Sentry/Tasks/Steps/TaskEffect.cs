using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Writes the results of a task, in the transaction that stores its end.</summary>
/// <param name="sql">The transaction.</param>
/// <param name="row">The relocation's row, which is locked.</param>
/// <param name="cancellationToken">Cancels the transaction.</param>
/// <returns>The row to store.</returns>
internal delegate Task<RelocationRow> TaskEffect(TaskSql sql, RelocationRow row, CancellationToken cancellationToken);
