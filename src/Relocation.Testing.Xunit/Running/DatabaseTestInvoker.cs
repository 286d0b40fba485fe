using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Running;

/// <summary>Calls a test's method, and notes whether it has ended.</summary>
internal sealed class DatabaseTestInvoker(
    RunningTest running,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    object[]? testMethodArguments,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : XunitTestInvoker(
        running.Test,
        messageBus,
        testClass,
        constructorArguments,
        running.Method,
        testMethodArguments,
        beforeAfterAttributes,
        aggregator,
        cancellationTokenSource)
{
    protected override async Task<decimal> InvokeTestMethodAsync(object testClassInstance)
    {
        running.Begin();

        // What the method throws is collected. When its time has run out, this throws, and the method goes on.
        var seconds = await base.InvokeTestMethodAsync(testClassInstance).ConfigureAwait(false);
        running.End();
        return seconds;
    }
}
