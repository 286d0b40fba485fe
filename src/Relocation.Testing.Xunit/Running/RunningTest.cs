using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Running;

/// <summary>A test that runs, as a test case of ours knows it.</summary>
/// <param name="test">The test.</param>
/// <param name="method">Its method.</param>
/// <param name="arguments">What the method is called with.</param>
/// <param name="output">The test's output.</param>
/// <param name="errors">What went wrong so far.</param>
/// <param name="cancellationToken">Cancelled where the run is.</param>
internal sealed class RunningTest(
    ITest test, MethodInfo method, object?[] arguments, ITestOutputHelper output, ExceptionAggregator errors, CancellationToken cancellationToken)
{
    private static readonly AsyncLocal<RunningTest?> OfThisFlow = new();

    private bool _hasBegun;
    private bool _hasEnded;

    /// <summary>The test that the caller is part of; null in tests with other attributes.</summary>
    internal static RunningTest? Current
    {
        get => OfThisFlow.Value;
        set => OfThisFlow.Value = value;
    }

    internal ITest Test => test;

    internal MethodInfo Method => method;

    internal object?[] Arguments => arguments;

    internal ITestOutputHelper Output => output;

    internal CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether something went wrong, seen after the method was called or should have been.</summary>
    internal bool HasFailed => !_hasEnded || errors.HasExceptions;

    /// <summary>Whether the method was called, and goes on though the test's time has run out.</summary>
    internal bool IsUnfinished => _hasBegun && !_hasEnded;

    internal void Begin() => _hasBegun = true;

    internal void End() => _hasEnded = true;
}
