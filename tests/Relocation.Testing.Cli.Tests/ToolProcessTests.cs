namespace Relocation.Testing.Cli.Tests;

/// <summary>Runs in a process that tests share are as good as runs in processes of their own.</summary>
public sealed class ToolProcessTests : IDisposable
{
    private readonly Workplace _workplace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Shared_process_says_and_does_what_one_for_a_single_run_does()
    {
        var backup = await File.ReadAllTextAsync(Workplace.Fixture("shop/complete.json"), Cancel);
        foreach (var (input, line) in new (string?, string)[]
        {
            (backup, "inspect -"),
            (null, "inspect missing.json"),
            (null, "no-such-command"),
            (null, "--help"),
            (backup, $"import - --assembly {Workplace.ShopAssembly} --context ShopContext --json"),
        })
        {
            var arguments = line.Split(' ');

            var alone = await _workplace.RunAloneAsync(input, arguments);
            var shared = await ToolProcess.RunAsync(input, arguments, _workplace.Folder, Cancel);

            Assert.Equal(alone, shared);
        }
    }

    [Fact]
    public async Task Shared_process_ends_with_the_tests_that_use_it()
    {
        using var process = ToolProcess.Begin();

        // The system closes this end when the tests' process is killed.
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(0, process.ExitCode);
    }
}
