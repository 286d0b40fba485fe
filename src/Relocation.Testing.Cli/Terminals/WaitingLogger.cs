using Microsoft.Extensions.Logging;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Shows on standard error what imports and exports warn of while they run: that they wait, and for whom.</summary>
internal sealed class WaitingLogger(Terminal terminal) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.Say(formatter(state, exception));
        }
    }
}
