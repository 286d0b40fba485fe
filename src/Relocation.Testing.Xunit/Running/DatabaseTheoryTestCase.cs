using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Running;

/// <summary>All tests of a theory whose rows are known only when it runs.</summary>
internal sealed class DatabaseTheoryTestCase : XunitTheoryTestCase
{
    /// <summary>Called to run a test case that was discovered before.</summary>
#pragma warning disable CS0618 // It is for deserialisation only, as this one is.
    public DatabaseTheoryTestCase()
    {
    }
#pragma warning restore CS0618

    internal DatabaseTheoryTestCase(
        IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod testMethod)
        : base(diagnostics, display, displayOptions, testMethod)
    {
    }

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        using var bus = new SkippingMessageBus(messageBus);
        var runner = new DatabaseTheoryTestCaseRunner(
            this, DisplayName, SkipReason, constructorArguments, diagnosticMessageSink, bus, aggregator, cancellationTokenSource);
        return bus.Corrected(await runner.RunAsync().ConfigureAwait(false));
    }
}
