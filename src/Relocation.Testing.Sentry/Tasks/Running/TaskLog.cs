using Microsoft.Extensions.Logging;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>What is logged of relocations.</summary>
internal static partial class TaskLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Relocation {Relocation}: {Task} starts, attempt {Attempt} of {MaxAttempts}.")]
    internal static partial void Starts(ILogger logger, Guid relocation, RelocationTaskName task, int attempt, int maxAttempts);

    [LoggerMessage(Level = LogLevel.Information, Message = "Relocation {Relocation}: {Task} was not started after {Latest}: {Kind}.")]
    internal static partial void NotStarted(ILogger logger, Guid relocation, RelocationTaskName task, RelocationTaskName latest, StartKind kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Relocation {Relocation}: attempt {Attempt} of {MaxAttempts} of {Task} failed: {Message}")]
    internal static partial void AttemptFailed(
        ILogger logger, Guid relocation, RelocationTaskName task, int attempt, int maxAttempts, string message, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Relocation {Relocation} has failed in {Task}: {Reason}")]
    internal static partial void Failed(ILogger logger, Guid relocation, RelocationTaskName task, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notification} could not be sent, and will be tried again when the relocation is run: {Message}")]
    internal static partial void NotSent(ILogger logger, string notification, string message, Exception exception);
}
