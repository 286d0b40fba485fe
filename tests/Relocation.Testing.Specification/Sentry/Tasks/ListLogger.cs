using Microsoft.Extensions.Logging;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Keeps what is logged, for tests that fail to say it.</summary>
internal sealed class ListLogger : ILogger
{
    private readonly List<string> _lines = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _lines.Add(formatter(state, exception));
        }
    }

    public override string ToString() => string.Join('\n', _lines);
}
