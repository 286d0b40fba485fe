using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Sends the messages in the outbox. A message that cannot be sent does not make a relocation fail; it is tried again next time.</summary>
internal static class Outbox
{
    internal static async Task SendAsync(TaskSql sql, RelocationTaskOptions options, RelocationRow row, CancellationToken cancellationToken)
    {
        if (options.Send is not { } send)
        {
            return;
        }

        foreach (var (id, message) in await MessageRows.ListAsync(sql, row, cancellationToken).ConfigureAwait(false))
        {
            if (message.SentAt is not null)
            {
                continue;
            }

            try
            {
                await send(message, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                TaskLog.NotSent(options.Logger, message.ToString(), exception.Message, exception);
                continue;
            }

            await MessageRows.SetSentAsync(sql, id, options.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }
}
