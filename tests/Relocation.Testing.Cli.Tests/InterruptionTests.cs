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
                    "task start pipe --database sentry_test.db --owner boss --org-slugs a",
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
        var isIgnored = await UntilItListensAsync(process);

        // What starts programs in the background, or with nohup, has them ignore signals; one that they hear is sent then.
        var sent = isIgnored(signal) ? "TERM" : signal;
        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", [$"-{sent}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
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

    /// <summary>
    /// The process hears signals, as the system tells. The one of a lost terminal is the last that is asked for; .NET by itself catches the others.
    /// </summary>
    /// <returns>Whether the process ignores a signal, since whoever started the tests wants it so.</returns>
    private static async Task<Func<string, bool>> UntilItListensAsync(Process process)
    {
        while (!process.HasExited)
        {
            var status = await File.ReadAllLinesAsync($"/proc/{process.Id}/status", Token);
            var ignored = Signals(status, "SigIgn:");
            if (Holds(ignored, "HUP"))
            {
                // Then nothing tells it; the command has nothing else to do meanwhile.
                await Task.Delay(TimeSpan.FromSeconds(2), Token);
                return signal => Holds(ignored, signal);
            }

            if (Holds(Signals(status, "SigCgt:"), "HUP"))
            {
                return signal => Holds(ignored, signal);
            }
        }

        return _ => false;
    }

    private static bool Holds(ulong signals, string signal) => (signals & (signal == "HUP" ? 1UL : signal == "INT" ? 2UL : 1UL << 14)) != 0;

    private static ulong Signals(string[] status, string name) =>
        Convert.ToUInt64(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim(), 16);
}
