using System.Runtime.InteropServices;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli;

/// <summary>
/// The user's wish to end, by Ctrl+C or a signal. Work is cancelled and takes back what it has begun; where that takes longer than anybody waits
/// for, as in a library that hears of no cancellation, the process ends without it: databases roll back what was not committed.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _ending = new();
    private int _signals;
    private bool _hasEnded;

    internal Interruption()
    {
        // Who starts a command with nohup wants it to survive its terminal.
        PosixSignal[] signals = IsHangUpIgnored() ? [PosixSignal.SIGINT, PosixSignal.SIGTERM] : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations.AddRange(signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)));
    }

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _cancellation.Token;

    internal bool IsRequested => Token.IsCancellationRequested;

    /// <summary>The command has ended by itself.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _hasEnded = true;
        }

        _registrations.ForEach(registration => registration.Dispose());
        _cancellation.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            EndProcess();
            return;
        }

        new Thread(EndAfterPatience) { IsBackground = true, Name = "Interruption" }.Start();
        try
        {
            _cancellation.Cancel();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
        {
            // The command has just ended by itself, or what was cancelled could not hear of it; then the process ends without it.
        }
    }

    private void EndAfterPatience()
    {
        // Whatever holds the command up has this long to let go.
        Thread.Sleep(Patience);
        EndProcess();
    }

    private void EndProcess()
    {
        lock (_ending)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            try
            {
                TargetFile.RemoveUnfinished();
                OpenDatabase.RemoveUnfinished();
                if (Output.StandardDescriptor.IsOpen(Output.StandardDescriptor.Error))
                {
                    Console.Error.WriteLine($"relocation: {Errors.Ended()}");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Nobody is left to tell.
            }
            finally
            {
                Environment.Exit(ExitCode.Cancelled);
            }
        }
    }

    /// <summary>Whether this process was started not to hear that its terminal is gone; no where the system does not tell.</summary>
    private static bool IsHangUpIgnored()
    {
        const string Ignored = "SigIgn:";
        try
        {
            return OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
                && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 1) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }
}
