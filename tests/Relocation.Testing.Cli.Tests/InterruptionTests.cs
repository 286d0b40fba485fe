using System.Diagnostics;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

/// <summary>A signal ends every command soon, whatever it does then, and nothing half done is left.</summary>
public sealed class InterruptionTests : IDisposable
{
    /// <summary>What a user waits, and room for a machine that runs many tests.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly Workplace _workplace = new();

    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            foreach (var signal in (string[])["INT", "TERM", "HUP"])
            {
                commands.Add(signal, "import pipe");
            }

            foreach (var command in (string[])
                [
                    "import users pipe --database new_test.db", "import -", "inspect pipe", "sanitize pipe --output out.json", "compare pipe pipe", "audit pipe pipe",
                    "encrypt out.tar --src pipe --encrypt-with public.pem", "generate --model sentry --records 5000000 --output out.json",
                    "generate --model sentry --records 20 --output pipe", "graph --output pipe", "import sentry.json --map pipe", "matrix pipe --engine sqlite",
                ])
            {
                commands.Add("TERM", command);
            }

            return commands;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    /// <summary>The pipe has no other end, or one that never says anything.</summary>
    [Theory]
    [Case("interruption")]
    [MemberData(nameof(Commands))]
    public async Task Signal_ends_the_command_with_130_and_leaves_nothing(string signal, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        File.Copy(Workplace.Fixture("sentry/organization.json"), _workplace.PathOf("sentry.json"));
        using (var key = System.Security.Cryptography.RSA.Create(2048))
        {
            _workplace.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        }

        using (var make = Process.Start("mkfifo", _workplace.PathOf("pipe")))
        {
            await make.WaitForExitAsync(Token);
        }

        using var process = _workplace.Start([.. command.Split(' '), "--verbose"]);
        await UntilItListensAsync(process);

        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Token);
        }

        await process.WaitForExitAsync(Token);

        Assert.Equal(130, process.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
        Assert.Contains("Cancelled", await process.StandardError.ReadToEndAsync(Token), StringComparison.Ordinal);
        Assert.Equal(
            ["pipe", "public.pem", "sentry.json"], Directory.EnumerateFileSystemEntries(_workplace.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>The process has its own handling of signals, as the system tells.</summary>
    private static async Task UntilItListensAsync(Process process)
    {
        const ulong Terminate = 1UL << 14;
        while (!process.HasExited)
        {
            var caught = (await File.ReadAllLinesAsync($"/proc/{process.Id}/status", Token)).First(line => line.StartsWith("SigCgt:", StringComparison.Ordinal))[7..].Trim();
            if ((Convert.ToUInt64(caught, 16) & Terminate) != 0)
            {
                return;
            }
        }
    }
}
