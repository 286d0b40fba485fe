using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Running;

/// <summary>Reports tests as skipped that failed with a <see cref="TestSkippedException"/>, since xUnit v2 skips none while it runs.</summary>
internal sealed class SkippingMessageBus(IMessageBus inner) : IMessageBus
{
    private int _skipped;

    public bool QueueMessage(IMessageSinkMessage message)
    {
        if (message is ITestFailed { ExceptionTypes: [var type, ..], Messages: [var reason, ..] } failed && type == typeof(TestSkippedException).FullName)
        {
            _skipped++;
            return inner.QueueMessage(new TestSkipped(failed.Test, reason));
        }

        return inner.QueueMessage(message);
    }

    /// <summary>Counts the skipped tests as such.</summary>
    internal RunSummary Corrected(RunSummary summary)
    {
        summary.Failed -= _skipped;
        summary.Skipped += _skipped;
        return summary;
    }

    /// <summary>The inner one is its maker's.</summary>
    public void Dispose()
    {
    }
}
