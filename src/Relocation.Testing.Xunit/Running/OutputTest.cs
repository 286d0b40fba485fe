using System.Reflection;
using Xunit.Abstractions;

namespace Relocation.Testing.Xunit.Running;

/// <summary>The test that an output belongs to. xUnit v2 says it nowhere else, and here only to those who look into a private field.</summary>
internal static class OutputTest
{
    /// <summary>The test, or null where it is not known.</summary>
    internal static ITest? Of(ITestOutputHelper? output) =>
        output?.GetType().GetField("test", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(output) as ITest;
}
