namespace Relocation.Testing.Xunit.Running;

/// <summary>Skips the running test, if its test case is ours.</summary>
internal sealed class TestSkippedException(string reason) : Exception(reason);
