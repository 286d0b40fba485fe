using Microsoft.Extensions.Logging;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>What is logged of validations.</summary>
internal static partial class ValidationLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Relocation {Relocation}: run {Run} of the validation came to nothing, {Status}: {Message}")]
    internal static partial void RunEnded(
        ILogger logger, Guid relocation, Guid run, RelocationValidationStatus status, string message, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Said}")]
    internal static partial void Scratch(ILogger logger, string said);
}
