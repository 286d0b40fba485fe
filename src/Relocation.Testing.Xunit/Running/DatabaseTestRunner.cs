using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Running;

/// <summary>Runs one test: its class is told of it, and has its output.</summary>
internal sealed class DatabaseTestRunner(
    ITest test,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    object[]? testMethodArguments,
    string? skipReason,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : XunitTestRunner(
        test,
        messageBus,
        testClass,
        constructorArguments,
        testMethod,
        testMethodArguments,
        skipReason,
        beforeAfterAttributes,
        aggregator,
        cancellationTokenSource)
{
    private RunningTest? _running;

    protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        // xUnit takes care of an output only where the test's class asks for it.
        var asked = ConstructorArguments.OfType<TestOutputHelper>().FirstOrDefault();
        var output = asked ?? new TestOutputHelper();
        _running = RunningTest.Current =
            new RunningTest(Test, TestMethod, TestMethodArguments ?? [], output, aggregator, CancellationTokenSource.Token);
        if (asked is not null)
        {
            return await base.InvokeTestAsync(aggregator).ConfigureAwait(false);
        }

        output.Initialize(MessageBus, Test);
        try
        {
            var (seconds, _) = await base.InvokeTestAsync(aggregator).ConfigureAwait(false);
            return Tuple.Create(seconds, output.Output);
        }
        finally
        {
            output.Uninitialize();
        }
    }

    protected override Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator) => new DatabaseTestInvoker(
        _running!,
        MessageBus,
        TestClass,
        ConstructorArguments,
        TestMethodArguments,
        BeforeAfterAttributes,
        aggregator,
        CancellationTokenSource).RunAsync();
}
