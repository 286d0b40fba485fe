using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Running;

/// <summary>A test that its class knows as a <see cref="RunningTest"/>, and that can be skipped while it runs.</summary>
internal class DatabaseTestCase : XunitTestCase
{
    /// <summary>Called to run a test case that was discovered before.</summary>
#pragma warning disable CS0618 // It is for deserialisation only, as this one is.
    public DatabaseTestCase()
    {
    }
#pragma warning restore CS0618

    internal DatabaseTestCase(
        IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod testMethod, object[]? arguments)
        : base(diagnostics, display, displayOptions, testMethod, arguments)
    {
    }

    public sealed override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        using var bus = new SkippingMessageBus(messageBus);
        var runner = new DatabaseTestCaseRunner(
            this, DisplayName, SkipReason, constructorArguments, TestMethodArguments, bus, aggregator, cancellationTokenSource);
        return bus.Corrected(await runner.RunAsync().ConfigureAwait(false));
    }
}
