namespace Relocation.Testing.Cli.Tests;

/// <summary>Ends the processes that tests have shared, when all tests are over.</summary>
public sealed class ToolProcesses : IDisposable
{
    public void Dispose() => ToolProcess.EndIdle();
}
