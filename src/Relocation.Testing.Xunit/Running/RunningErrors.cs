namespace Relocation.Testing.Xunit.Running;

/// <summary>The messages about what xUnit v2 does not tell: what is wrong, where, what to do.</summary>
internal static class RunningErrors
{
    internal static InvalidOperationException ArgumentsAreUnknown(string type, string method) => new(
        $"The name of the approved file of '{type}.{method}' is not known, since xUnit v2 does not tell a test its arguments. Write "
        + "[RelocationTheory] instead of [Theory], or set SnapshotOptions.Name.");

    internal static InvalidOperationException TestIsUnknown(string type, string method) => new(
        $"'{type}.{method}' compares with an approved file and is no test, and xUnit v2 does not tell which test calls it. Write "
        + "[RelocationFact] instead of [Fact] on the test, or set SnapshotOptions.Name.");
}
