using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Writes what belongs to a task's end, in the transaction that stores the end.</summary>
/// <param name="sql">The transaction.</param>
/// <param name="row">The relocation's row, which is locked, as it stands now.</param>
/// <param name="cancellationToken">Cancels the transaction.</param>
/// <returns>The row as it is to be stored.</returns>
internal delegate Task<RelocationRow> TaskEffect(TaskSql sql, RelocationRow row, CancellationToken cancellationToken);
